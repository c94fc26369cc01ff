import { Button, Input, Popover, PopoverSurface, PopoverTrigger } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryKeys } from "../client/query-keys.ts";
import type { Filter } from "./FilterPills.tsx";
import { formatDay } from "./format.ts";
import { ProblemNotice } from "./ProblemNotice.tsx";
import styles from "./FilterPills.module.css";
import { texts } from "./texts.ts";
import { useDebounced } from "./use-debounced.ts";

const mostUnsearched = 10;
const mostShown = 200;
const searchWaitMs = 250;

/** One filter: what it is set to, and what it can be set to once it is opened. */
export function FilterPill({ filter, onChange }: { filter: Filter; onChange: (value: string | undefined) => void }) {
  const { label, value, choices, find } = filter;
  const [open, setOpen] = useState(false);
  const known = choices?.find((choice) => choice.value === value)?.label;
  const word = known ?? filter.word ?? (filter.day ? dayWord(value) : value);
  const take = (next: string | undefined) => {
    setOpen(false);
    if (next !== value) onChange(next);
  };
  return (
    <span className={styles.pill} data-set={value !== undefined}>
      <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} positioning="below-start" trapFocus>
        <PopoverTrigger disableButtonEnhancement>
          <button type="button" className={styles.button}>
            {value === undefined ? label : texts.filters.is(label, word ?? "")}
            <ChevronDownRegular />
          </button>
        </PopoverTrigger>
        <PopoverSurface aria-label={label} className={styles.surface}>
          {choices === undefined && find === undefined ? (
            <Words label={label} day={filter.day} value={value ?? ""} onTake={take} />
          ) : (
            <Choices filter={filter} onTake={take} />
          )}
        </PopoverSurface>
      </Popover>
      {value !== undefined && (
        <button
          type="button"
          className={styles.clear}
          aria-label={texts.filters.clear(label)}
          onClick={() => onChange(undefined)}
        >
          <DismissRegular />
        </button>
      )}
    </span>
  );
}

function dayWord(value: string | undefined): string | undefined {
  const at = new Date(`${value}T00:00`);
  return Number.isNaN(at.getTime()) ? value : formatDay(at.toISOString());
}

function Words({
  label,
  day = false,
  value,
  onTake,
}: {
  label: string;
  day?: boolean | undefined;
  value: string;
  onTake: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(value);
  return (
    <form
      className={styles.words}
      onSubmit={(event) => {
        event.preventDefault();
        onTake(typed.trim() === "" ? undefined : typed.trim());
      }}
    >
      <Input
        aria-label={label}
        autoFocus
        type={day ? "date" : "text"}
        value={typed}
        onChange={(_event, data) => setTyped(data.value)}
      />
      <Button type="submit" appearance="primary">
        {texts.filters.apply}
      </Button>
    </form>
  );
}

function Choices({
  filter: { key, label, value, choices = [], find },
  onTake,
}: {
  filter: Filter;
  onTake: (value: string | undefined) => void;
}) {
  const [q, setQ] = useState("");
  const wanted = q.trim();
  const asked = useDebounced(wanted, searchWaitMs);
  const found = useQuery({
    queryKey: queryKeys.filterChoices(key, asked),
    queryFn: async ({ signal }) => (await find?.(asked, signal)) ?? [],
    enabled: find !== undefined,
    placeholderData: (earlier) => earlier,
  });
  const known = choices.filter((choice) => choice.label.toLowerCase().includes(wanted.toLowerCase()));
  const all = new Map([...known, ...(found.data ?? [])].map((choice) => [choice.value, choice]));
  const shown = [...all.values()].slice(0, mostShown);
  return (
    <>
      {(find !== undefined || choices.length > mostUnsearched) && (
        <Input
          aria-label={texts.filters.search(label)}
          placeholder={texts.filters.search(label)}
          autoFocus
          value={q}
          onChange={(_event, data) => setQ(data.value)}
        />
      )}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      <ul className={styles.choices} aria-label={label}>
        {[{ value: undefined, label: texts.filters.any }, ...shown].map((choice) => (
          <li key={choice.value ?? ""}>
            <button
              type="button"
              className={styles.choice}
              aria-pressed={choice.value === value}
              onClick={() => onTake(choice.value)}
            >
              {choice.label}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

import { Button } from "@fluentui/react-components";
import { FilterPill } from "./FilterPill.tsx";
import styles from "./FilterPills.module.css";
import { texts } from "./texts.ts";

/** A value that a filter can be set to. */
export type Choice = { value: string; label: string };

/**
 * A filter of a list. With `choices` one of them is picked, and a search among them is there where they are many; with
 * `find` the server is searched as one types, beside these. Without either, words are typed. `value` is what stands in the
 * address, undefined where the filter is open.
 */
export type Filter<Key extends string = string> = {
  key: Key;
  label: string;
  value: string | undefined;
  choices?: Choice[];
  find?: (q: string, signal: AbortSignal) => Promise<Choice[]>;
  /** What `value` is called, where it may be none of `choices`. */
  word?: string | undefined;
  /** A day is picked, and stands in the address as 2026-05-04. */
  day?: boolean;
};

/** The filters of a list, each a pill that opens; what they are set to stands in the address of the page. */
export function FilterPills<Key extends string>({
  label,
  filters,
  onChange,
}: {
  label: string;
  filters: Filter<Key>[];
  /** Hears each filter that changes, together with those that are cleared at once; undefined opens one again. */
  onChange: (part: Partial<Record<Key, string | undefined>>) => void;
}) {
  const set = filters.filter(({ value }) => value !== undefined);
  return (
    <div role="group" aria-label={label} className={styles.pills}>
      {filters.map((filter) => (
        <FilterPill
          key={filter.key}
          filter={filter}
          onChange={(value) => onChange({ [filter.key]: value } as Partial<Record<Key, string | undefined>>)}
        />
      ))}
      {set.length > 1 && (
        <Button
          size="small"
          appearance="transparent"
          onClick={() =>
            onChange(
              Object.fromEntries(set.map(({ key }) => [key, undefined])) as Partial<Record<Key, string | undefined>>,
            )
          }
        >
          {texts.filters.clearAll}
        </Button>
      )}
    </div>
  );
}

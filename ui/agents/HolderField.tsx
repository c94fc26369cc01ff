import { Combobox, Field, Option, OptionGroup } from "@fluentui/react-components";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { agentsQuery, groupsQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";
import type { GrantHolder } from "./grant-draft.ts";

const words = agentTexts.grants;
const mostShown = 50;

/** A search for the agent or the group that is to hold a grant; who gives it, alone or in a group, cannot be chosen. */
export function HolderField({
  value,
  ownId,
  problem,
  onChange,
}: {
  value: GrantHolder | null;
  ownId: string | undefined;
  problem: string | undefined;
  onChange: (holder: GrantHolder) => void;
}) {
  const [q, setQ] = useState<string | null>(null);
  const list = useInfiniteQuery(agentsQuery(q ?? ""));
  const groups = useQuery(groupsQuery);
  const agents = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const found = (groups.data ?? []).filter(({ name }) => name.toLowerCase().includes((q ?? "").trim().toLowerCase()));
  const named: GrantHolder[] = [
    ...agents.map(({ id, name }) => ({ kind: "agent" as const, id, name })),
    ...found.map(({ id, name }) => ({ kind: "group" as const, id, name })),
  ];
  return (
    <Field label={words.whom} required {...(problem !== undefined && { validationMessage: problem })}>
      <Combobox
        freeform
        autoFocus
        placeholder={agentTexts.agents.search}
        value={q ?? value?.name ?? ""}
        selectedOptions={value === null ? [] : [value.id]}
        onInput={(event) => setQ(event.currentTarget.value)}
        onBlur={() => setQ(null)}
        onOptionSelect={(_event, { optionValue }) => {
          setQ(null);
          const holder = named.find(({ id }) => id === optionValue);
          if (holder !== undefined) onChange(holder);
        }}
        style={{ minWidth: 0 }}
      >
        <OptionGroup label={agentTexts.agents.agents}>
          {agents.slice(0, mostShown).map(({ id, name, email }) => (
            <Option key={id} value={id} text={name} disabled={id === ownId}>
              {`${name} · ${email}`}
            </Option>
          ))}
        </OptionGroup>
        {found.length > 0 && (
          <OptionGroup label={agentTexts.agents.groups}>
            {found.slice(0, mostShown).map(({ id, name, agentIds }) => (
              <Option key={id} value={id} disabled={ownId !== undefined && agentIds.includes(ownId)}>
                {name}
              </Option>
            ))}
          </OptionGroup>
        )}
      </Combobox>
    </Field>
  );
}

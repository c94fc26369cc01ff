import { Checkbox } from "@fluentui/react-components";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { MoreButton } from "../kit/MoreButton.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { toggled } from "../kit/toggled.ts";
import { agentsQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";
import styles from "./MembersField.module.css";

const words = agentTexts.groups;

/** A choice of agents, with a search among them; `ownId` is of the agent who may not put themselves in. */
export function MembersField({
  value,
  ownId,
  onChange,
}: {
  value: string[];
  ownId: string | undefined;
  onChange: (agentIds: string[]) => void;
}) {
  const [q, setQ] = useState("");
  const list = useInfiniteQuery(agentsQuery(q));
  const agents = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <fieldset className={styles.members}>
      <legend>{`${words.members} (${value.length})`}</legend>
      <SearchBox label={agentTexts.agents.search} value={q} onChange={setQ} />
      <div className={styles.list} role="group" aria-label={words.members}>
        {agents.map(({ id, name, email }) => {
          const chosen = value.includes(id);
          const refused = id === ownId && !chosen;
          return (
            <Checkbox
              key={id}
              label={`${name} · ${refused ? words.ownReason : email}`}
              disabled={refused}
              checked={chosen}
              onChange={(_event, { checked }) => onChange(toggled(value, id, checked === true))}
            />
          );
        })}
      </div>
      <MoreButton list={list} />
    </fieldset>
  );
}

import { useSearch } from "@tanstack/react-router";
import { FilterPills } from "../kit/FilterPills.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { agentTexts } from "./agent-texts.ts";
import { GrantList } from "./GrantList.tsx";

const words = agentTexts.grants;

/** The grants at all customers, those that end next first; first of all those that end soon. */
export function AllGrants() {
  const { ends } = useSearch({ from: "/frame/agents" });
  const change = useSearchChange();
  const soon = ends === undefined;
  return (
    <>
      <Toolbar>
        <FilterPills
          label={words.title}
          filters={[
            {
              key: "soon",
              label: words.endsAt,
              value: soon ? "soon" : undefined,
              choices: [{ value: "soon", label: words.soon }],
            },
          ]}
          onChange={(part) => change({ ends: part.soon === undefined ? "any" : undefined })}
        />
      </Toolbar>
      <GrantList
        filter={{ soon }}
        withCustomer
        empty={
          soon ? { title: words.soonEmpty, lead: words.soonEmptyLead } : { title: words.empty, lead: words.emptyLead }
        }
      />
    </>
  );
}

import { useSearch } from "@tanstack/react-router";
import { FilterPills } from "../kit/FilterPills.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { agentTexts } from "./agent-texts.ts";
import { GrantList } from "./GrantList.tsx";
import { useAgentFilter } from "./use-agent-filter.ts";

const words = agentTexts.grants;

/** The grants at all customers, those that end next first; first of all those that end soon. */
export function AllGrants() {
  const { ends, agent } = useSearch({ from: "/frame/agents" });
  const change = useSearchChange();
  const soon = ends === undefined;
  const holder = useAgentFilter("agent", words.whom, agent);
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
            holder,
          ]}
          onChange={(part) =>
            change({
              ...("soon" in part && { ends: part.soon === undefined ? "any" : undefined }),
              ...("agent" in part && { agent: part.agent }),
            })
          }
        />
      </Toolbar>
      <GrantList
        filter={{ soon, ...(agent !== undefined && { agentId: agent }) }}
        withCustomer
        empty={
          soon ? { title: words.soonEmpty, lead: words.soonEmptyLead } : { title: words.empty, lead: words.emptyLead }
        }
      />
    </>
  );
}

import { useState } from "react";
import { FilterPills } from "../kit/FilterPills.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { agentTexts } from "./agent-texts.ts";
import { GrantList } from "./GrantList.tsx";

const words = agentTexts.grants;

/** The grants at all customers, those that end next first; first of all those that end soon. */
export function AllGrants() {
  const [soon, setSoon] = useState<string | undefined>("soon");
  return (
    <>
      <Toolbar>
        <FilterPills
          label={words.title}
          filters={[{ key: "soon", label: words.endsAt, value: soon, choices: [{ value: "soon", label: words.soon }] }]}
          onChange={(part) => setSoon(part.soon)}
        />
      </Toolbar>
      <GrantList
        filter={{ soon: soon !== undefined }}
        withCustomer
        empty={
          soon === undefined
            ? { title: words.empty, lead: words.emptyLead }
            : { title: words.soonEmpty, lead: words.soonEmptyLead }
        }
      />
    </>
  );
}

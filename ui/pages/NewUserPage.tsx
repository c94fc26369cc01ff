import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { MadeUser } from "../client/create-one-user.ts";
import { customerQuery } from "../client/queries.ts";
import { useTitle } from "../layout/use-title.ts";
import { MadeUserPanel } from "../parts/MadeUserPanel.tsx";
import { NewUserForm } from "../parts/NewUserForm.tsx";
import { customerCrumbs, PageHead } from "../parts/PageHead.tsx";
import { QueryGate } from "../parts/QueryGate.tsx";
import { texts } from "../texts.ts";

const words = texts.newUser;

/** The form for one user; once it is made, its temporary password. */
export function NewUserPage() {
  const { customerId } = useParams({ from: "/frame/customers/$customerId/users/new" });
  const customer = useQuery(customerQuery(customerId));
  const [made, setMade] = useState<MadeUser | null>(null);
  useTitle(words.title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={words.title} />
          {made === null ? (
            <NewUserForm customerId={customerId} domains={domains.map((domain) => domain.name)} onMade={setMade} />
          ) : (
            <MadeUserPanel customerId={customerId} made={made} onAnother={() => setMade(null)} />
          )}
        </>
      )}
    </QueryGate>
  );
}

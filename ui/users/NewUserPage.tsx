import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { MadeUser } from "./create-one-user.ts";
import { customerQuery } from "../customers/customer-queries.ts";
import { useTitle } from "../kit/use-title.ts";
import { MadeUserPanel } from "./MadeUserPanel.tsx";
import { NewUserForm } from "./NewUserForm.tsx";
import { customerCrumbs } from "../customers/customer-crumbs.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { QueryGate } from "../kit/QueryGate.tsx";
import { useCustomerId } from "../customers/use-customer-id.ts";

/** The form for one user; once it is made, its temporary password. */
export function NewUserPage() {
  const customerId = useCustomerId();
  const customer = useQuery(customerQuery(customerId));
  const { reason } = useAuthority(customerId);
  const refused = reason("createUsers");
  const [made, setMade] = useState<MadeUser | null>(null);
  useTitle(pages.newUser.title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={pages.newUser.title} />
          {refused !== null ? (
            <NoAuthority reason={refused} />
          ) : made === null ? (
            <NewUserForm customerId={customerId} domains={domains.map((domain) => domain.name)} onMade={setMade} />
          ) : (
            <MadeUserPanel customerId={customerId} made={made} onAnother={() => setMade(null)} />
          )}
        </>
      )}
    </QueryGate>
  );
}

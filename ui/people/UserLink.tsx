import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { pages } from "../../contract/pages.ts";
import type { FoundUser } from "../../contract/search.ts";

/** Leads to a user where everything can be done about them: among the users of the customer, or among the deleted ones. */
export function UserLink({ user: { userId, customer, state }, children }: { user: FoundUser; children: ReactNode }) {
  return (
    <Link
      to={state === "active" ? pages.users.path : pages.deletedUsers.path}
      params={{ customerId: customer.id }}
      search={{ user: userId }}
      data-hit
    >
      {children}
    </Link>
  );
}

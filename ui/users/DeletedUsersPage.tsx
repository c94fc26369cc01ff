import { useSearch } from "@tanstack/react-router";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { UserList } from "./UserList.tsx";
import { userTexts } from "./user-texts.ts";

/** The deleted users of a customer, the latest first unless sorted. */
export function DeletedUsersPage() {
  const customerId = useCustomerId();
  const { q = "", sort, user } = useSearch({ from: "/frame/customer/customers/$customerId/deleted" });
  return (
    <UserList
      customerId={customerId}
      filter={{ state: "inactive", q, sort }}
      chosen={user}
      empty={<EmptyState title={userTexts.users.emptyDeleted} lead={userTexts.users.emptyDeletedLead} />}
    />
  );
}

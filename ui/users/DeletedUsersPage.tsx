import { useNavigate, useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { UserList } from "./UserList.tsx";
import { userTexts } from "./user-texts.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";

/** The deleted users of a customer, the latest first. */
export function DeletedUsersPage() {
  const from = "/frame/customer/customers/$customerId/deleted";
  const customerId = useCustomerId();
  const { q = "", user } = useSearch({ from });
  const navigate = useNavigate({ from: pages.deletedUsers.path });
  return (
    <UserList
      customerId={customerId}
      state="inactive"
      q={q}
      chosen={user}
      onSearch={(next) => void navigate({ search: (now) => ({ ...now, q: next || undefined }), replace: true })}
      onChoose={(next) =>
        void navigate({ search: (now) => ({ ...now, user: next }), replace: true, resetScroll: false })
      }
      empty={<EmptyState title={userTexts.users.emptyDeleted} lead={userTexts.users.emptyDeletedLead} />}
    />
  );
}

import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { EmptyState } from "../parts/EmptyState.tsx";
import { UserList } from "../parts/UserList.tsx";
import { texts } from "../texts.ts";

/** The deleted users of a customer, the latest first. */
export function DeletedTab() {
  const from = "/frame/customers/$customerId/deleted";
  const { customerId } = useParams({ from });
  const { q = "", user } = useSearch({ from });
  const navigate = useNavigate({ from: "/customers/$customerId/deleted" });
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
      empty={<EmptyState title={texts.users.emptyDeleted} lead={texts.users.emptyDeletedLead} />}
    />
  );
}

import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { LinkButton } from "../parts/LinkButton.tsx";
import { EmptyState } from "../parts/EmptyState.tsx";
import { UserList } from "../parts/UserList.tsx";
import { texts } from "../texts.ts";

/** The active users of a customer. */
export function UsersTab() {
  const from = "/frame/customers/$customerId/";
  const { customerId } = useParams({ from });
  const { q = "", sort = "displayName", user } = useSearch({ from });
  const navigate = useNavigate({ from: "/customers/$customerId/" });
  return (
    <UserList
      customerId={customerId}
      state="active"
      q={q}
      sort={sort}
      chosen={user}
      onSearch={(next) => void navigate({ search: (now) => ({ ...now, q: next || undefined }), replace: true })}
      onSort={(next) =>
        void navigate({
          search: (now) => ({ ...now, sort: next === "displayName" ? undefined : next }),
          replace: true,
        })
      }
      onChoose={(next) =>
        void navigate({ search: (now) => ({ ...now, user: next }), replace: true, resetScroll: false })
      }
      empty={
        <EmptyState title={texts.users.empty} lead={texts.users.emptyLead}>
          <LinkButton to="/customers/$customerId/upload" params={{ customerId }} appearance="primary">
            {texts.customer.upload}
          </LinkButton>
          <LinkButton to="/customers/$customerId/users/new" params={{ customerId }}>
            {texts.customer.addUser}
          </LinkButton>
        </EmptyState>
      }
    />
  );
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { UserList } from "./UserList.tsx";
import { userTexts } from "./user-texts.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";

/** The active users of a customer. */
export function UsersPage() {
  const from = "/frame/customer/customers/$customerId";
  const customerId = useCustomerId();
  const { q = "", sort = "displayName", user } = useSearch({ from });
  const navigate = useNavigate({ from: pages.users.path });
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
        <EmptyState title={userTexts.users.empty} lead={userTexts.users.emptyLead}>
          <LinkButton to={pages.upload.path} params={{ customerId }} appearance="primary">
            {pages.upload.title}
          </LinkButton>
          <LinkButton to={pages.newUser.path} params={{ customerId }}>
            {pages.newUser.title}
          </LinkButton>
        </EmptyState>
      }
    />
  );
}

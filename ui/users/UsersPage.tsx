import { Outlet, useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import { UserList } from "./UserList.tsx";
import { userTexts } from "./user-texts.ts";

/** The active users of a customer; the panels to add and to edit one open over them. */
export function UsersPage() {
  const customerId = useCustomerId();
  const { user, signIn, q = "", ...filter } = useSearch({ from: "/frame/customer/customers/$customerId" });
  return (
    <>
      <UserList
        customerId={customerId}
        filter={{
          state: "active",
          q,
          ...filter,
          accountEnabled: signIn === undefined ? undefined : signIn === "allowed",
        }}
        chosen={user}
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
      <Outlet />
    </>
  );
}

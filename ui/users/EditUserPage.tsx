import { Button } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { problemOf } from "../client/request-failed.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { Loading } from "../kit/Loading.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import { texts } from "../kit/texts.ts";
import { useAuthority } from "../kit/use-authority.ts";
import { useTitle } from "../kit/use-title.ts";
import { EditUserWizard } from "./EditUserWizard.tsx";
import { useClose } from "./use-close.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { userQuery } from "./user-queries.ts";

/** The panel in which a user is changed. */
export function EditUserPage() {
  const customerId = useCustomerId();
  const { userId } = useParams({ from: "/frame/customer/customers/$customerId/users/$userId/edit" });
  const { reason } = useAuthority(customerId);
  const user = useQuery(userQuery(customerId, userId));
  const customer = useQuery(customerQuery(customerId));
  const products = useQuery(productsQuery(customerId));
  const onClose = useClose(customerId);
  useTitle(user.data === undefined ? pages.editUser.title : `${user.data.displayName} · ${pages.editUser.title}`);
  const reasons = (["updateUsers", "changeLicenses", "changePermissions"] as const).map(reason);
  const [refused] = reasons.every((one) => one !== null) ? reasons : [null];
  const editable = refused === null && user.data?.state === "active";
  if (editable && user.data !== undefined && customer.data !== undefined && products.data !== undefined) {
    return (
      <EditUserWizard
        key={userId}
        user={user.data}
        domains={customer.data.domains.map(({ name }) => name)}
        products={products.data}
        onClose={onClose}
      />
    );
  }
  const failed = [user, customer, products].find(({ isError, data }) => isError && data === undefined);
  return (
    <SidePanel wide title={user.data?.displayName ?? pages.editUser.title} onClose={onClose}>
      {content()}
    </SidePanel>
  );

  function content() {
    if (refused !== null && refused !== undefined) return <NoAuthority reason={refused} />;
    if (user.data?.state === "inactive") return <EmptyState title={userFormTexts.editUser.deleted} lead="" />;
    if (failed === undefined) return <Loading />;
    if (problemOf(failed.error).code === "not_found") {
      return (
        <EmptyState title={texts.notFound.title} lead={texts.notFound.lead}>
          <Button appearance="primary" onClick={onClose}>
            {userFormTexts.addUser.back}
          </Button>
        </EmptyState>
      );
    }
    return <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  }
}

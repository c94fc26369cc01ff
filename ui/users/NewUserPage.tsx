import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { pages } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { Loading } from "../kit/Loading.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTitle } from "../kit/use-title.ts";
import { MadeUserPanel } from "./MadeUserPanel.tsx";
import { MadeUsersPanel } from "./MadeUsersPanel.tsx";
import type { MadeUser } from "./make-users.ts";
import { emptyNewUsers, mended, type RunningBatch } from "./new-users.ts";
import { NewUsersWizard } from "./NewUsersWizard.tsx";
import { useClose } from "./use-close.ts";
import { suggestionQuery } from "./use-name-check.ts";

/** The panel for new users: the form, and once they are made their passwords. */
export function NewUserPage() {
  const customerId = useCustomerId();
  const { reason } = useAuthority(customerId);
  const customer = useQuery(customerQuery(customerId));
  const products = useQuery(productsQuery(customerId));
  const usual = useQuery(suggestionQuery(customerId, {}));
  const onClose = useClose(customerId);
  useTitle(pages.newUser.title);
  const refused = reason("createUsers");
  const waiting = [customer, products, usual];
  const failed = waiting.find(({ isError, data }) => isError && data === undefined);
  if (refused === null && customer.data !== undefined && products.data !== undefined && usual.data !== undefined) {
    const domains = customer.data.domains.map(({ name }) => name);
    return (
      <NewUsers
        customerId={customerId}
        domains={domains}
        products={products.data}
        usual={{ domain: usual.data.domain ?? domains[0] ?? "", usageLocation: usual.data.usageLocation ?? "" }}
        onClose={onClose}
      />
    );
  }
  return (
    <SidePanel wide title={pages.newUser.title} onClose={onClose}>
      {refused !== null && <NoAuthority reason={refused} />}
      {refused === null && failed === undefined && <Loading />}
      {refused === null && failed !== undefined && (
        <ProblemNotice error={failed.error} onRetry={() => waiting.forEach((query) => void query.refetch())} />
      )}
    </SidePanel>
  );
}

function NewUsers({
  customerId,
  domains,
  products,
  usual,
  onClose,
}: {
  customerId: string;
  domains: string[];
  products: Product[];
  usual: { domain: string; usageLocation: string };
  onClose: () => void;
}) {
  const client = useQueryClient();
  const draft = useDraft(`new-users ${customerId}`, emptyNewUsers(usual));
  const [made, setMade] = useState<{ user: MadeUser; restored: boolean; earlier: string[] }>();
  /** Batches that have ended without a failure: the form is empty again, and they are still shown. */
  const [done, setDone] = useState<{ running: RunningBatch[]; earlier: string[] }>({ running: [], earlier: [] });
  const { running, earlier } = draft.value.running.length > 0 ? draft.value : done;
  const again = () => {
    setMade(undefined);
    setDone({ running: [], earlier: [] });
  };
  return (
    <>
      <LeaveGuard draft={draft} />
      {made !== undefined ? (
        <MadeUserPanel
          customerId={customerId}
          made={made.user}
          restored={made.restored}
          earlier={made.earlier}
          onAnother={again}
          onClose={onClose}
        />
      ) : running.length > 0 ? (
        <MadeUsersPanel
          customerId={customerId}
          running={running}
          earlier={earlier}
          onEnded={(failed) => {
            if (failed > 0 || draft.value.running.length === 0) return;
            setDone(draft.value);
            draft.clear();
          }}
          onMend={(refusals) => draft.set(mended(draft.value, refusals))}
          onAnother={again}
          onClose={onClose}
        />
      ) : (
        <NewUsersWizard
          customerId={customerId}
          domains={domains}
          products={products}
          usual={usual.usageLocation}
          draft={draft}
          onMade={(user) => {
            const { people, earlier: before } = draft.value;
            setMade({ user, restored: people[0]?.onDeleted === "restore", earlier: before });
            draft.clear();
            void client.invalidateQueries({ queryKey: queryKeys.users(customerId) });
            void client.invalidateQueries({ queryKey: queryKeys.products(customerId) });
            void client.invalidateQueries({ queryKey: queryKeys.userSuggestion(customerId) });
          }}
          onClose={onClose}
        />
      )}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SaveBar } from "../kit/SaveBar.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useDraft } from "../kit/use-draft.ts";
import { holdingsOf, licenseChange, noLicenseChanges } from "./license-changes.ts";
import { licenseTexts } from "./license-texts.ts";
import { LicenseEditor } from "./LicenseEditor.tsx";
import { LocationPart } from "./LocationPart.tsx";
import { useUserSave } from "./use-user-save.ts";
import styles from "./UserPane.module.css";
import { waitForEnd } from "./wait-for-end.ts";

const words = licenseTexts.manageLicenses;
/** The licenses of one user with their service plans, to be changed in place. */
export function UserLicenses({ user }: { user: User }) {
  const { customerId, id: userId } = user;
  const { reason } = useAuthority(customerId);
  const refused = reason("changeLicenses");
  const products = useQuery(productsQuery(customerId));
  const draft = useDraft(`licenses ${customerId} ${userId}`, noLicenseChanges);
  const holdings = holdingsOf(user);
  const change = products.data === undefined ? null : licenseChange(products.data, holdings, draft.value);
  const save = useUserSave(
    customerId,
    () =>
      callRoute("changeUserLicenses", {
        params: { customerId, userId },
        body: change ?? {},
        headers: waitForEnd,
      }),
    draft.clear,
  );
  if (products.isError && products.data === undefined)
    return <ProblemNotice error={products.error} onRetry={() => void products.refetch()} />;
  if (products.data === undefined) return <Loading />;
  return (
    <>
      <LeaveGuard draft={draft} />
      <DraftNotice draft={draft} />
      {refused === null ? (
        <LocationPart
          customerId={customerId}
          select={{ userIds: [userId] }}
          known={[user]}
          missing={user.usageLocation === null ? 1 : 0}
          onSelect={() => undefined}
        />
      ) : (
        <p className={styles.quiet}>{refused}</p>
      )}
      {save.isError && <ProblemNotice error={save.error} />}
      <LicenseEditor
        customerId={customerId}
        products={products.data}
        holdings={holdings}
        draft={draft.value}
        locked={refused !== null}
        onChange={draft.set}
      />
      {refused === null && (
        <SaveBar
          label={words.save}
          busyLabel={words.saving}
          busy={save.isPending}
          changed={change !== null}
          said={save.data === undefined || change !== null ? "" : save.data === null ? words.saved : words.underWay}
          onSave={() => save.mutate()}
          onUndo={draft.clear}
        />
      )}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { gdapRoles } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { type CustomerChoice, CustomerField } from "../customers/CustomersField.tsx";
import { DaysField } from "../kit/DaysField.tsx";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { agentTexts } from "./agent-texts.ts";
import { HolderField } from "./HolderField.tsx";
import { emptyGrant, type GrantDraft, grantBody, isWhole } from "./grant-draft.ts";
import { RoleField } from "./RoleField.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";
import styles from "./GrantDialog.module.css";

const words = agentTexts.grants;

/** Asks who is to hold which role at which customer, and for how long; what is known where it is opened is not asked. */
export function GrantDialog({
  customer,
  agent,
  onClose,
}: {
  customer?: CustomerChoice;
  agent?: { id: string; name: string };
  onClose: () => void;
}) {
  const me = useQuery(meQuery);
  const draft = useDraft<GrantDraft>(`grant ${customer?.id ?? ""} ${agent?.id ?? ""}`, {
    ...emptyGrant,
    customer: customer ?? null,
    holder: agent === undefined ? null : { kind: "agent", ...agent },
  });
  const refresh = useAgentsRefresh();
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const { value } = draft;
  const give = async () => {
    if (!isWhole(value)) return;
    await callRoute("createGrant", { params: { customerId: value.customer.id }, body: grantBody(value) });
    say({ tone: "good", text: words.given(gdapRoles[value.role].label, value.holder.name, value.customer.name) });
    await refresh();
  };
  return (
    <DraftDialog
      draft={draft}
      title={words.giveTitle}
      submit={words.submit}
      mayAct={() => tryNow(isWhole(value))}
      act={give}
      onClose={onClose}
    >
      <div ref={place} className={styles.fields}>
        {agent === undefined && (
          <HolderField
            value={value.holder}
            ownId={me.data?.id}
            problem={tried && value.holder === null ? words.whomMissing : undefined}
            onChange={(holder) => draft.set({ holder })}
          />
        )}
        {customer === undefined && (
          <CustomerField
            label={words.customer}
            chosen={value.customer}
            problem={tried && value.customer === null ? words.customerMissing : undefined}
            // What may be given hangs on the customer.
            onChoose={(chosen) => draft.set({ customer: chosen, role: null })}
          />
        )}
        <RoleField
          customerId={value.customer?.id ?? null}
          value={value.role}
          problem={tried && value.role === null ? words.roleMissing : undefined}
          onChange={(role) => draft.set({ role })}
        />
        <DaysField label={words.days} value={value.days} onChange={(days) => draft.set({ days })} />
      </div>
    </DraftDialog>
  );
}

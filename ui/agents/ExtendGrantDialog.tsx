import { gdapRoles } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { DaysField } from "../kit/DaysField.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { agentTexts } from "./agent-texts.ts";
import type { ShownGrant } from "./grant-columns.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.grants;
const usualDays = 365;

/** Asks for how long from today a grant is to last. */
export function ExtendGrantDialog({
  grant,
  onClose,
}: {
  grant: Pick<ShownGrant, "id" | "customerId" | "role" | "holder">;
  onClose: () => void;
}) {
  const { id: grantId, customerId, role, holder } = grant;
  const draft = useDraft(`extend-grant ${grantId}`, { days: usualDays });
  const { days } = draft.value;
  const refresh = useAgentsRefresh();
  const label = gdapRoles[role].label;
  return (
    <DraftDialog
      draft={draft}
      title={words.extendTitle(label, holder)}
      submit={words.extend}
      act={async () => {
        await callRoute("renewGrant", { params: { customerId, grantId }, body: { days } });
        say({ tone: "good", text: words.extended(label, holder) });
        await refresh();
      }}
      onClose={onClose}
    >
      <DaysField label={words.extendDays} value={days} onChange={(value) => draft.set({ days: value })} />
    </DraftDialog>
  );
}

import { gdapRoles } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { say } from "../kit/toasts.ts";
import { agentTexts } from "./agent-texts.ts";
import type { ShownGrant } from "./grant-columns.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.grants;

/** Asks before a grant is ended. */
export function EndGrantDialog({
  grant,
  customerName,
  onClose,
}: {
  grant: ShownGrant;
  customerName: string;
  onClose: () => void;
}) {
  const { id: grantId, customerId, role, holder } = grant;
  const refresh = useAgentsRefresh();
  const label = gdapRoles[role].label;
  return (
    <AskDialog
      title={words.endTitle(label, holder)}
      submit={words.end}
      act={async () => {
        await callRoute("endGrant", { params: { customerId, grantId } });
        say({ tone: "good", text: words.ended(label, holder) });
        await refresh();
      }}
      onClose={onClose}
    >
      <p>{words.endLead(customerName)}</p>
    </AskDialog>
  );
}

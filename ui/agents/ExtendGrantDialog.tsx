import { useState } from "react";
import { gdapRoles } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { DaysField } from "../kit/DaysField.tsx";
import { say } from "../kit/toasts.ts";
import { agentTexts } from "./agent-texts.ts";
import type { ShownGrant } from "./grant-columns.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.grants;
const usualDays = 365;

/** Asks for how long from today a grant is to last. */
export function ExtendGrantDialog({ grant, onClose }: { grant: ShownGrant; onClose: () => void }) {
  const { id: grantId, customerId, role, holder } = grant;
  const [days, setDays] = useState(usualDays);
  const refresh = useAgentsRefresh();
  const label = gdapRoles[role].label;
  return (
    <AskDialog
      title={words.extendTitle(label, holder)}
      submit={words.extend}
      act={async () => {
        await callRoute("renewGrant", { params: { customerId, grantId }, body: { days } });
        say({ tone: "good", text: words.extended(label, holder) });
        await refresh();
      }}
      onClose={onClose}
    >
      <DaysField label={words.extendDays} value={days} onChange={setDays} />
    </AskDialog>
  );
}

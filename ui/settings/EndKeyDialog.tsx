import { useQueryClient } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { say } from "../kit/toasts.ts";
import type { ShownKey } from "./ApiKeyTable.tsx";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.keys;

/** Asks before an API key is ended, the agent's own or another agent's. */
export function EndKeyDialog({ apiKey, onClose }: { apiKey: ShownKey; onClose: () => void }) {
  const client = useQueryClient();
  const { id: keyId, name, agentId } = apiKey;
  return (
    <AskDialog
      title={words.endTitle(name)}
      submit={words.end}
      act={async () => {
        await (agentId === undefined
          ? callRoute("deleteApiKey", { params: { keyId } })
          : callRoute("deleteAgentApiKey", { params: { agentId, keyId } }));
        say({ tone: "good", text: words.ended(name) });
        await client.invalidateQueries({ queryKey: queryKeys.apiKeys() });
      }}
      onClose={onClose}
    >
      <p>{words.endLead}</p>
    </AskDialog>
  );
}

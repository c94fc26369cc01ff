import { useQueryClient } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { say } from "../kit/toasts.ts";
import { AskPasswordDialog } from "./AskPasswordDialog.tsx";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.authenticator;

/** Gives the authenticator app up, with the password. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  return (
    <AskPasswordDialog
      title={words.turnOffTitle}
      lead={words.turnOffLead}
      submit={words.turnOff}
      act={async (password) => {
        await callRoute("disableTotp", { body: { password } });
        say({ tone: "good", text: words.off });
        const moved = [queryKeys.me(), queryKeys.sessions()];
        await Promise.all(moved.map((queryKey) => client.invalidateQueries({ queryKey })));
      }}
      onClose={onClose}
    />
  );
}

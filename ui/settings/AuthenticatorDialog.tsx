import { useState } from "react";
import type { RouteAnswer } from "../../contract/client.ts";
import { callRoute } from "../client/call-route.ts";
import { AskPasswordDialog } from "./AskPasswordDialog.tsx";
import { settingsTexts } from "./settings-texts.ts";
import { TotpCodeDialog } from "./TotpCodeDialog.tsx";

const words = settingsTexts.authenticator;

/** Sets an authenticator app up: the password first, then the secret and the backup codes; the first code turns it on. */
export function AuthenticatorDialog({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<RouteAnswer<"enableTotp"> | null>(null);
  if (begun !== null) return <TotpCodeDialog begun={begun} onClose={onClose} />;
  return (
    <AskPasswordDialog
      title={words.setUpTitle}
      lead={words.lead}
      submit={words.next}
      act={async (password) => setBegun(await callRoute("enableTotp", { body: { password } }))}
      onClose={onClose}
      // The next step stands in the place of this one.
      onDone={() => undefined}
    />
  );
}

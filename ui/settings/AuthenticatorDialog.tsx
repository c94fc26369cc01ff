import { useState } from "react";
import type { RouteAnswer } from "../../contract/client.ts";
import { callRoute } from "../client/call-route.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { useTried } from "../kit/use-tried.ts";
import { PasswordInput } from "./PasswordInput.tsx";
import { settingsTexts } from "./settings-texts.ts";
import { TotpCodeDialog } from "./TotpCodeDialog.tsx";
import { useSessionCheck } from "./use-session-check.ts";

const words = settingsTexts.authenticator;

/** Sets an authenticator app up: the password first, then the secret and the backup codes; the first code turns it on. */
export function AuthenticatorDialog({ onClose }: { onClose: () => void }) {
  const check = useSessionCheck();
  const [password, setPassword] = useState("");
  const [begun, setBegun] = useState<RouteAnswer<"enableTotp"> | null>(null);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  if (begun !== null) return <TotpCodeDialog begun={begun} onClose={onClose} />;
  return (
    <AskDialog
      title={words.setUpTitle}
      submit={words.next}
      mayAct={() => tryNow(password !== "")}
      act={async () => {
        setBegun(
          await callRoute("enableTotp", { body: { password } }).catch((error: unknown) => {
            throw check(error);
          }),
        );
      }}
      onClose={onClose}
      // The next step stands in the place of this one.
      onDone={() => undefined}
    >
      <p>{words.lead}</p>
      <div ref={place}>
        <PasswordInput
          label={words.password}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          problem={tried && password === "" ? words.passwordMissing : undefined}
          autoFocus
        />
      </div>
    </AskDialog>
  );
}

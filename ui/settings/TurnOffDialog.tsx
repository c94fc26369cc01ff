import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { say } from "../kit/toasts.ts";
import { useTried } from "../kit/use-tried.ts";
import { PasswordInput } from "./PasswordInput.tsx";
import { settingsTexts } from "./settings-texts.ts";
import { useSessionCheck } from "./use-session-check.ts";

const words = settingsTexts.authenticator;

/** Gives the authenticator app up, with the password. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const check = useSessionCheck();
  const [password, setPassword] = useState("");
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  return (
    <AskDialog
      title={words.turnOffTitle}
      submit={words.turnOff}
      mayAct={() => tryNow(password !== "")}
      act={async () => {
        await callRoute("disableTotp", { body: { password } }).catch((error: unknown) => {
          throw check(error);
        });
        say({ tone: "good", text: words.off });
        const moved = [queryKeys.me(), queryKeys.sessions()];
        await Promise.all(moved.map((queryKey) => client.invalidateQueries({ queryKey })));
      }}
      onClose={onClose}
    >
      <p>{words.turnOffLead}</p>
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

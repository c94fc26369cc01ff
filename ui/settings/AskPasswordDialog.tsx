import { useState } from "react";
import { AskDialog } from "../kit/AskDialog.tsx";
import { useTried } from "../kit/use-tried.ts";
import { PasswordInput } from "./PasswordInput.tsx";
import { settingsTexts } from "./settings-texts.ts";
import { useSessionCheck } from "./use-session-check.ts";

const words = settingsTexts.authenticator;

/** Asks for the agent's own password before something is done with it. */
export function AskPasswordDialog({
  title,
  lead,
  submit,
  act,
  onClose,
  onDone = onClose,
}: {
  title: string;
  lead: string;
  submit: string;
  act: (password: string) => Promise<void>;
  onClose: () => void;
  /** Called once it is done; left out, the dialog closes. */
  onDone?: () => void;
}) {
  const check = useSessionCheck();
  const [password, setPassword] = useState("");
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  return (
    <AskDialog
      title={title}
      submit={submit}
      mayAct={() => tryNow(password !== "")}
      act={async () => {
        await act(password).catch((error: unknown) => {
          throw check(error);
        });
      }}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{lead}</p>
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

import { Field, Input } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RouteAnswer } from "../../contract/client.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { problemOf } from "../client/request-failed.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { CopyButton } from "../kit/CopyButton.tsx";
import { say } from "../kit/toasts.ts";
import { useTried } from "../kit/use-tried.ts";
import { settingsTexts } from "./settings-texts.ts";
import styles from "./TotpCodeDialog.module.css";
import { totpSecret } from "./totp-secret.ts";
import { useSessionCheck } from "./use-session-check.ts";

const words = settingsTexts.authenticator;
const codeDigits = 6;

/** The last step of setting an authenticator app up: its secret, the backup codes, and the first code that it shows. */
export function TotpCodeDialog({ begun, onClose }: { begun: RouteAnswer<"enableTotp">; onClose: () => void }) {
  const client = useQueryClient();
  const check = useSessionCheck();
  const [code, setCode] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const digits = code.replaceAll(" ", "");
  const secret = totpSecret(begun.totpURI);
  return (
    <AskDialog
      title={words.codeTitle}
      submit={words.finish}
      mayAct={() => tryNow(digits.length === codeDigits)}
      act={async () => {
        setRefused(null);
        await callRoute("verifyTotp", { body: { code: digits } }).catch((error: unknown) => {
          if (problemOf(error).code === "unauthenticated") setRefused(digits);
          throw check(error);
        });
        say({ tone: "good", text: words.on });
        const moved = [queryKeys.me(), queryKeys.sessions()];
        await Promise.all(moved.map((queryKey) => client.invalidateQueries({ queryKey })));
      }}
      onClose={onClose}
    >
      <div className={styles.part}>
        <p>{words.secretLead}</p>
        <div className={styles.secret} role="group" aria-label={words.secret}>
          <code>{secret}</code>
          <CopyButton text={secret.replaceAll(" ", "")} />
          <a href={begun.totpURI} className="in-text">
            {words.open}
          </a>
        </div>
      </div>
      <div className={styles.part}>
        <span className={styles.label}>{words.codes}</span>
        <p>{words.codesLead}</p>
        <ul className={styles.codes} aria-label={words.codes}>
          {begun.backupCodes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <div>
          <CopyButton text={begun.backupCodes.join("\n")} />
        </div>
      </div>
      <div ref={place}>
        <Field
          label={words.code}
          required
          {...((refused === digits || (tried && digits.length !== codeDigits)) && {
            validationMessage: words.codeWrong,
          })}
        >
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(_event, { value }) => setCode(value)}
          />
        </Field>
      </div>
    </AskDialog>
  );
}

import { Button, Field, Input, Link } from "@fluentui/react-components";
import { type FormEvent, useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { problemOf } from "../client/request-failed.ts";
import { sessionBegan } from "../client/session.ts";
import { useAct } from "../client/use-act.ts";
import { signInTexts } from "./sign-in-texts.ts";
import styles from "./SignInForm.module.css";

/**
 * Email and password, then the code for who has an authenticator app. `onSignedIn` is called once the session is there; the
 * pages go on with it when that is done.
 */
export function SignInForm({
  lead = signInTexts.signIn.lead,
  onSignedIn,
}: {
  lead?: string;
  onSignedIn: () => void | Promise<void>;
}) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, setSecond] = useState(false);
  const [backup, setBackup] = useState(false);
  const signIn = useAct({
    mutationFn: () => {
      if (!second) return callRoute("signIn", { body: { email, password } });
      return callRoute(backup ? "verifyBackupCode" : "verifyTotp", { body: { code: code.trim() } });
    },
    onSuccess: async (answer) => {
      if ("twoFactorRedirect" in answer) {
        setSecond(true);
        return;
      }
      await onSignedIn();
      sessionBegan();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{lead}</p>
      {second ? (
        <>
          <Field label={backup ? signInTexts.signIn.backupCode : signInTexts.signIn.code}>
            <Input
              key={backup ? "backup" : "code"}
              name="code"
              inputMode={backup ? "text" : "numeric"}
              autoComplete={backup ? "off" : "one-time-code"}
              required
              autoFocus
              size="large"
              value={code}
              onChange={(_event, { value }) => setCode(value)}
            />
          </Field>
          <Link
            as="button"
            type="button"
            onClick={() => {
              setBackup(!backup);
              setCode("");
            }}
          >
            {backup ? signInTexts.signIn.useApp : signInTexts.signIn.useBackup}
          </Link>
        </>
      ) : (
        <>
          <Field label={signInTexts.signIn.email}>
            <Input
              type="email"
              name="email"
              autoComplete="username"
              required
              autoFocus
              size="large"
              value={email}
              onChange={(_event, { value }) => setEmail(value)}
            />
          </Field>
          <Field label={signInTexts.signIn.password}>
            <Input
              type="password"
              name="password"
              autoComplete="current-password"
              required
              size="large"
              value={password}
              onChange={(_event, { value }) => setPassword(value)}
            />
          </Field>
        </>
      )}
      <p role="alert" className={styles.alert}>
        {signIn.isError ? sentence(signIn.error, second) : ""}
      </p>
      <Button type="submit" appearance="primary" size="large" disabledFocusable={signIn.isPending}>
        {signIn.isPending ? signInTexts.signIn.busy : signInTexts.signIn.submit}
      </Button>
    </form>
  );
}

function sentence(error: unknown, second: boolean): string {
  const { code, detail, title } = problemOf(error);
  if (second && code === "unauthenticated") return signInTexts.signIn.wrongCode;
  if (code === "unauthenticated" || code === "body_invalid") return signInTexts.signIn.wrong;
  return detail === "" ? title : detail;
}

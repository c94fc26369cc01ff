import { Button } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import styles from "./NewPasswords.module.css";
import { userTexts } from "./user-texts.ts";

const words = userTexts.passwords;
const most = 500;

/** The temporary passwords of a batch, once they are asked for: that they were shown goes into the audit. */
export function NewPasswords({ batchId }: { batchId: string }) {
  const shown = useMutation({
    mutationFn: () => callRoute("showPasswords", { params: { batchId }, body: { limit: most } }),
  });
  if (shown.data === undefined) {
    return (
      <div className={styles.ask}>
        {shown.isError && <ProblemNotice error={shown.error} />}
        <Button appearance="primary" disabledFocusable={shown.isPending} onClick={() => shown.mutate()}>
          {words.show}
        </Button>
      </div>
    );
  }
  const { items, next } = shown.data;
  const all = items.map(({ userPrincipalName, temporaryPassword }) => `${userPrincipalName}\t${temporaryPassword}`);
  return (
    <section className={styles.shown} aria-label={words.title}>
      <div className={styles.head}>
        <h3>{words.title}</h3>
        <CopyButton text={all.join("\n")} />
      </div>
      <dl className={styles.list}>
        {items.map(({ rowNo, userPrincipalName, temporaryPassword }) => (
          <div key={rowNo}>
            <dt>{userPrincipalName}</dt>
            <dd>
              <code>{temporaryPassword}</code>
              <CopyButton text={temporaryPassword} />
            </dd>
          </div>
        ))}
      </dl>
      {next !== null && <p>{words.more(most)}</p>}
    </section>
  );
}

import { Checkbox, Field } from "@fluentui/react-components";
import { useState } from "react";
import type { Agent } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { agentTexts } from "./agent-texts.ts";
import { AgentPasswordDialog, type LetIn } from "./AgentPasswordDialog.tsx";
import styles from "./GrantDialog.module.css";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.agent;

/** Lets an agent in again: a new password, shown this once, or without the authenticator app; API keys end unless they are kept. */
export function ResetSignInDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const draft = useDraft(`reset-sign-in ${agent.id}`, { password: true, twoFactor: false, keepApiKeys: false });
  const { password, twoFactor, keepApiKeys } = draft.value;
  const [letIn, setLetIn] = useState<LetIn | null>(null);
  const refresh = useAgentsRefresh();
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  if (letIn !== null) return <AgentPasswordDialog agent={letIn} onClose={onClose} />;
  const reset = async () => {
    const parts = [...(password ? ["password" as const] : []), ...(twoFactor ? ["twoFactor" as const] : [])];
    const answer = await callRoute("resetSignIn", {
      params: { agentId: agent.id },
      body: { reset: parts, keepApiKeys },
    });
    await refresh();
    say({ tone: "good", text: words.wasReset(agent.name) });
    if (answer.password === undefined) onClose();
    else setLetIn({ id: agent.id, name: agent.name, email: agent.email, password: answer.password });
  };
  return (
    <DraftDialog
      draft={draft}
      title={words.resetTitle(agent.name)}
      submit={words.reset}
      mayAct={() => tryNow(password || twoFactor)}
      act={reset}
      onClose={onClose}
      // A new password stands in the place of the question.
      onDone={() => undefined}
    >
      <p>{words.resetLead}</p>
      <div ref={place} className={styles.fields}>
        <Field
          role="group"
          aria-label={words.reset}
          {...(tried && !password && !twoFactor && { validationMessage: words.resetNothing })}
        >
          <Checkbox
            label={words.resetPassword}
            checked={password}
            onChange={(_event, { checked }) => draft.set({ password: checked === true })}
          />
        </Field>
        <Field {...(!agent.twoFactorEnabled && { hint: words.noTwoFactor })}>
          <Checkbox
            label={words.resetTwoFactor}
            checked={twoFactor}
            disabled={!agent.twoFactorEnabled}
            onChange={(_event, { checked }) => draft.set({ twoFactor: checked === true })}
          />
        </Field>
        <Field hint={words.keepKeysHint}>
          <Checkbox
            label={words.keepKeys}
            checked={keepApiKeys}
            onChange={(_event, { checked }) => draft.set({ keepApiKeys: checked === true })}
          />
        </Field>
      </div>
    </DraftDialog>
  );
}

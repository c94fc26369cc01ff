import { useState } from "react";
import type { PartnerRole } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { agentTexts } from "./agent-texts.ts";
import { AgentPasswordDialog, type LetIn } from "./AgentPasswordDialog.tsx";
import styles from "./GrantDialog.module.css";
import { PartnerRoleField } from "./PartnerRoleField.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.newAgent;
const emptyAgent: { name: string; email: string; partnerRole: PartnerRole } = {
  name: "",
  email: "",
  partnerRole: "adminAgent",
};

/** Asks for an agent's name, address and partner role, makes the agent, and shows the password this once. */
export function NewAgentDialog({ onClose }: { onClose: () => void }) {
  const draft = useDraft("new-agent", emptyAgent);
  const { name, email, partnerRole } = draft.value;
  const [made, setMade] = useState<LetIn | null>(null);
  const refresh = useAgentsRefresh();
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const named = name.trim() !== "";
  const addressed = /^[^\s@]+@[^\s@]+$/.test(email.trim());
  if (made !== null) return <AgentPasswordDialog agent={made} onClose={onClose} />;
  const make = async () => {
    const { id, password } = await callRoute("createAgent", {
      body: { name: name.trim(), email: email.trim(), partnerRole },
    });
    await refresh();
    setMade({ id, name: name.trim(), email: email.trim(), password });
  };
  return (
    <DraftDialog
      draft={draft}
      title={words.title}
      submit={words.submit}
      mayAct={() => tryNow(named && addressed)}
      act={make}
      onClose={onClose}
      // The password stands in the place of the form.
      onDone={() => undefined}
    >
      <p>{words.lead}</p>
      <div ref={place} className={styles.fields}>
        <TextInput
          label={agentTexts.agents.name}
          value={name}
          onChange={(value) => draft.set({ name: value })}
          required
          autoFocus
          {...(tried && !named && { problem: words.nameMissing })}
        />
        <TextInput
          label={agentTexts.agents.email}
          value={email}
          onChange={(value) => draft.set({ email: value })}
          required
          {...(tried && !addressed && { problem: words.emailWrong })}
        />
        <PartnerRoleField value={partnerRole} onChange={(role) => draft.set({ partnerRole: role })} />
      </div>
    </DraftDialog>
  );
}

import type { Agent } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { texts } from "../kit/texts.ts";
import { TextInput } from "../kit/TextInput.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { agentTexts } from "./agent-texts.ts";
import styles from "./GrantDialog.module.css";
import { PartnerRoleField } from "./PartnerRoleField.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.agent;

/** Changes an agent's name and partner role. */
export function ChangeAgentDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const draft = useDraft<Partial<Pick<Agent, "name" | "partnerRole">>>(`change-agent ${agent.id}`, {});
  const { name = agent.name, partnerRole = agent.partnerRole } = draft.value;
  const refresh = useAgentsRefresh();
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const named = name.trim() !== "";
  return (
    <DraftDialog
      draft={draft}
      title={words.changeTitle(agent.name)}
      submit={texts.common.save}
      mayAct={() => tryNow(named)}
      act={async () => {
        // Only what was changed is sent: a colleague may have changed the rest meanwhile.
        const body = {
          ...(name.trim() !== agent.name && { name: name.trim() }),
          ...(partnerRole !== agent.partnerRole && { partnerRole }),
        };
        if (Object.keys(body).length === 0) return;
        await callRoute("changeAgent", { params: { agentId: agent.id }, body });
        say({ tone: "good", text: words.changed(name.trim()) });
        await refresh();
      }}
      onClose={onClose}
    >
      <div ref={place} className={styles.fields}>
        <TextInput
          label={agentTexts.agents.name}
          value={name}
          onChange={(value) => draft.set({ name: value })}
          required
          autoFocus
          {...(tried && !named && { problem: agentTexts.newAgent.nameMissing })}
        />
        <PartnerRoleField value={partnerRole} onChange={(role) => draft.set({ partnerRole: role })} />
      </div>
    </DraftDialog>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { ShownOnceDialog } from "../kit/ShownOnceDialog.tsx";
import { agentTexts } from "./agent-texts.ts";

const words = agentTexts.newAgent;

/** An agent who can sign in from now on, with the password that Muster made. */
export type LetIn = { id: string; name: string; email: string; password: string | undefined };

/** Shows the password of an agent who was made or let in again, this once; then leads to the agent's page. */
export function AgentPasswordDialog({ agent, onClose }: { agent: LetIn; onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <ShownOnceDialog
      title={words.made(agent.name)}
      label={words.password}
      secret={agent.password ?? ""}
      onClose={() => {
        onClose();
        void navigate({ to: pages.agent.path, params: { agentId: agent.id } });
      }}
    >
      {words.passwordLead(agent.email)}
    </ShownOnceDialog>
  );
}

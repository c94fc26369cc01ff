import { AddRegular } from "@fluentui/react-icons/svg/add";
import { PeopleAddRegular } from "@fluentui/react-icons/svg/people-add";
import { PersonKeyRegular } from "@fluentui/react-icons/svg/person-key";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { TabLinks } from "../kit/TabLinks.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { useTitle } from "../kit/use-title.ts";
import { agentParts } from "./agent-parts.ts";
import { agentTexts } from "./agent-texts.ts";
import { AgentList } from "./AgentList.tsx";
import { AllGrants } from "./AllGrants.tsx";
import { GroupList } from "./GroupList.tsx";

const NewAgentDialog = lazy(async () => ({ default: (await import("./NewAgentDialog.tsx")).NewAgentDialog }));
const GroupDialog = lazy(async () => ({ default: (await import("./GroupDialog.tsx")).GroupDialog }));
const GrantDialog = lazy(async () => ({ default: (await import("./GrantDialog.tsx")).GrantDialog }));

const words = agentTexts.agents;

/** Who works here and as what, in which groups, and by which grants; for Admin agents. */
export function AgentsPage() {
  useTitle(pages.agents.title);
  const { part = "agents" } = useSearch({ from: "/frame/agents" });
  const reason = usePartnerReason();
  const [asking, setAsking] = useState<"agent" | "group" | "grant" | null>(null);
  const close = () => setAsking(null);
  return (
    <>
      <PageHead title={pages.agents.title}>
        <CommandButton
          appearance="secondary"
          command={{
            key: "grant",
            label: agentTexts.grants.give,
            icon: <PersonKeyRegular />,
            reason,
            onUse: () => setAsking("grant"),
          }}
        />
        <CommandButton
          appearance="secondary"
          command={{
            key: "group",
            label: agentTexts.groups.add,
            icon: <PeopleAddRegular />,
            reason,
            onUse: () => setAsking("group"),
          }}
        />
        <CommandButton
          appearance="primary"
          command={{
            key: "agent",
            label: agentTexts.newAgent.add,
            icon: <AddRegular />,
            reason,
            onUse: () => setAsking("agent"),
          }}
        />
      </PageHead>
      {reason !== null ? (
        <NoAuthority reason={reason} />
      ) : (
        <>
          <TabLinks
            label={words.parts}
            tabs={agentParts.map((one) => ({
              label: words[one],
              to: pages.agents.path,
              part: { search: { part: one }, shown: one === part },
            }))}
          />
          {part === "agents" && <AgentList />}
          {part === "groups" && <GroupList />}
          {part === "grants" && <AllGrants />}
        </>
      )}
      <Suspense>
        {asking === "agent" && <NewAgentDialog onClose={close} />}
        {asking === "group" && <GroupDialog group={null} onClose={close} />}
        {asking === "grant" && <GrantDialog onClose={close} />}
      </Suspense>
    </>
  );
}

import { DeleteRegular } from "@fluentui/react-icons/svg/delete";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import { KeyResetRegular } from "@fluentui/react-icons/svg/key-reset";
import { PersonKeyRegular } from "@fluentui/react-icons/svg/person-key";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { type Agent, partnerRoles } from "../../contract/authority.ts";
import { pages } from "../../contract/pages.ts";
import { LatestAudit } from "../audit/LatestAudit.tsx";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { CommandBar } from "../kit/CommandBar.tsx";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { Section, Sections } from "../kit/Section.tsx";
import { say } from "../kit/toasts.ts";
import { usePartnerReason } from "../kit/use-authority.ts";
import { useTitle } from "../kit/use-title.ts";
import { ApiKeyTable } from "../settings/ApiKeyTable.tsx";
import { agentKeysQuery } from "../settings/settings-queries.ts";
import { settingsTexts } from "../settings/settings-texts.ts";
import { agentQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";
import { AgentFacts } from "./AgentFacts.tsx";
import { GrantList } from "./GrantList.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const ChangeAgentDialog = lazy(async () => ({ default: (await import("./ChangeAgentDialog.tsx")).ChangeAgentDialog }));
const ResetSignInDialog = lazy(async () => ({ default: (await import("./ResetSignInDialog.tsx")).ResetSignInDialog }));
const GrantDialog = lazy(async () => ({ default: (await import("./GrantDialog.tsx")).GrantDialog }));

const words = agentTexts.agent;

/** One agent: account, grants, API keys and what they did last. */
export function AgentPage() {
  const { agentId = "" } = useParams({ strict: false });
  const reason = usePartnerReason();
  const agent = useQuery({ ...agentQuery(agentId), enabled: reason === null });
  useTitle(agent.data === undefined ? pages.agent.title : `${agent.data.name} · ${pages.agents.title}`);
  if (reason !== null) {
    return (
      <>
        <PageHead title={pages.agent.title} />
        <NoAuthority reason={reason} />
      </>
    );
  }
  return <QueryGate query={agent}>{(one) => <AgentView agent={one} />}</QueryGate>;
}

function AgentView({ agent }: { agent: Agent }) {
  const { id: agentId, name } = agent;
  const me = useQuery(meQuery);
  const keys = useQuery(agentKeysQuery(agentId));
  const own = me.data?.id === agentId;
  const navigate = useNavigate();
  const refresh = useAgentsRefresh();
  const [asking, setAsking] = useState<"change" | "reset" | "grant" | "remove" | null>(null);
  const close = () => setAsking(null);
  return (
    <>
      <PageHead
        crumbs={[{ label: pages.agents.title, to: pages.agents.path }]}
        title={name}
        lead={`${agent.email} · ${partnerRoles[agent.partnerRole].label}`}
      />
      <CommandBar
        label={words.account}
        commands={[
          { key: "change", label: words.change, icon: <EditRegular />, onUse: () => setAsking("change") },
          {
            key: "reset",
            label: words.reset,
            icon: <KeyResetRegular />,
            reason: own ? words.ownReset : null,
            onUse: () => setAsking("reset"),
          },
          {
            key: "grant",
            label: agentTexts.grants.give,
            icon: <PersonKeyRegular />,
            reason: own ? agentTexts.grants.ownReason : null,
            onUse: () => setAsking("grant"),
          },
          { key: "remove", label: words.remove, icon: <DeleteRegular />, onUse: () => setAsking("remove") },
        ]}
      />
      <Sections>
        <AgentFacts agent={agent} />
        <Section title={agentTexts.grants.title} lead={words.grantsLead}>
          <GrantList filter={{ agentId }} withCustomer />
        </Section>
        <Section title={words.keys}>
          <ApiKeyTable
            label={words.keys}
            list={{ ...keys, items: keys.data?.map((key) => ({ ...key, agentId })) }}
            emptyLead={settingsTexts.keys.agentEmptyLead}
          />
        </Section>
        <LatestAudit title={words.audit} allLabel={words.auditAll} agentId={agentId} />
      </Sections>
      <Suspense>
        {asking === "change" && <ChangeAgentDialog agent={agent} onClose={close} />}
        {asking === "reset" && <ResetSignInDialog agent={agent} onClose={close} />}
        {asking === "grant" && <GrantDialog agent={agent} onClose={close} />}
      </Suspense>
      {asking === "remove" && (
        <ConfirmDialog
          title={words.removeTitle(name)}
          submit={words.remove}
          confirmed={{ name }}
          act={async () => {
            await callRoute("removeAgent", { params: { agentId } });
            say({ tone: "good", text: words.removed(name) });
            await navigate({ to: pages.agents.path });
            await refresh();
          }}
          onClose={close}
        >
          <p>{words.removeLead}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { Agent } from "../../contract/authority.ts";
import { FactList } from "../kit/FactList.tsx";
import { formatDay } from "../kit/format.ts";
import { settingsTexts } from "../settings/settings-texts.ts";
import { groupsQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";

const words = agentTexts.agents;

/** What is known of an agent beside name, address and partner role. */
export function AgentFacts({ agent: { id, twoFactorEnabled, createdAt } }: { agent: Agent }) {
  const groups = useQuery(groupsQuery);
  const inGroups = (groups.data ?? []).filter(({ agentIds }) => agentIds.includes(id)).map(({ name }) => name);
  const { twoFactorOn, twoFactorOff } = settingsTexts.settings;
  return (
    <div style={{ maxWidth: 640 }}>
      <FactList
        facts={[
          { label: words.twoFactor, value: twoFactorEnabled ? twoFactorOn : twoFactorOff },
          { label: words.groups, value: inGroups.join(", ") },
          { label: words.since, value: formatDay(createdAt) },
        ]}
      />
    </div>
  );
}

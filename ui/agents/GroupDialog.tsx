import { useQuery } from "@tanstack/react-query";
import type { Group } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { texts } from "../kit/texts.ts";
import { TextInput } from "../kit/TextInput.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { agentTexts } from "./agent-texts.ts";
import styles from "./GrantDialog.module.css";
import { MembersField } from "./MembersField.tsx";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const words = agentTexts.groups;

/** Asks for the name of a group and the agents in it; null makes a new one. */
export function GroupDialog({ group, onClose }: { group: Group | null; onClose: () => void }) {
  const me = useQuery(meQuery);
  const draft = useDraft(`group ${group?.id ?? ""}`, { name: group?.name ?? "", agentIds: group?.agentIds ?? [] });
  const { name, agentIds } = draft.value;
  const refresh = useAgentsRefresh();
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const named = name.trim() !== "";
  const save = async () => {
    const body = { name: name.trim(), agentIds };
    if (group === null) await callRoute("createGroup", { body });
    else await callRoute("changeGroup", { params: { groupId: group.id }, body });
    say({ tone: "good", text: words.saved(name.trim()) });
    await refresh();
  };
  return (
    <DraftDialog
      draft={draft}
      title={group === null ? words.title : words.changeTitle(group.name)}
      submit={group === null ? words.submit : texts.common.save}
      mayAct={() => tryNow(named)}
      act={save}
      onClose={onClose}
    >
      <div ref={place} className={styles.fields}>
        <TextInput
          label={words.name}
          value={name}
          onChange={(value) => draft.set({ name: value })}
          required
          autoFocus
          {...(tried && !named && { problem: words.nameMissing })}
        />
        <MembersField
          value={agentIds}
          // A group just made holds nothing, so that whoever makes it may be in it.
          ownId={group === null ? undefined : me.data?.id}
          onChange={(ids) => draft.set({ agentIds: ids })}
        />
      </div>
    </DraftDialog>
  );
}

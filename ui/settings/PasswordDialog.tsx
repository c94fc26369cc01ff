import { Checkbox } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { problemAt } from "../client/request-failed.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { PasswordInput } from "./PasswordInput.tsx";
import { settingsTexts } from "./settings-texts.ts";
import { useSessionCheck } from "./use-session-check.ts";

const words = settingsTexts.ownPassword;
const fewestLetters = 8;

/** Changes the agent's own password; all other sign-ins of the agent end. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const check = useSessionCheck();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const draft = useDraft("own-password", { endApiKeys: false });
  const { endApiKeys } = draft.value;
  const [refused, setRefused] = useState<string | undefined>();
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const valid = current !== "" && next.length >= fewestLetters && again === next;
  const change = async () => {
    setRefused(undefined);
    try {
      await callRoute("changePassword", { body: { currentPassword: current, newPassword: next, endApiKeys } });
    } catch (error) {
      setRefused(problemAt(error, "currentPassword"));
      throw check(error);
    }
    say({ tone: "good", text: words.done });
    await Promise.all(
      [queryKeys.sessions(), queryKeys.apiKeys()].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  };
  return (
    <DraftDialog
      draft={draft}
      title={words.change}
      submit={words.change}
      mayAct={() => tryNow(valid)}
      act={change}
      onClose={onClose}
    >
      <p>{words.lead}</p>
      <div ref={place} style={{ display: "grid", gap: 16 }}>
        <PasswordInput
          label={words.current}
          autoComplete="current-password"
          value={current}
          onChange={(value) => {
            setRefused(undefined);
            setCurrent(value);
          }}
          problem={tried && current === "" ? words.currentMissing : refused}
          autoFocus
        />
        <PasswordInput
          label={words.next}
          hint={words.nextHint}
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          problem={tried && next.length < fewestLetters ? words.nextShort : undefined}
        />
        <PasswordInput
          label={words.again}
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          problem={tried && again !== next ? words.againWrong : undefined}
        />
        <Checkbox
          label={words.endKeys}
          checked={endApiKeys}
          onChange={(_event, { checked }) => draft.set({ endApiKeys: checked === true })}
        />
      </div>
    </DraftDialog>
  );
}

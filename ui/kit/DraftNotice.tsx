import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { formatTime } from "./format.ts";
import { texts } from "./texts.ts";
import type { KeptForm } from "./use-draft.ts";

const words = texts.draft;

/** Asks about what was left in a form earlier: take it up, or throw it away; `lead` says what of it is kept. */
export function DraftNotice({
  draft: { leftAt, takeUp, throwAway },
  lead = words.noPasswords,
}: {
  draft: KeptForm;
  lead?: string;
}) {
  if (leftAt === null) return null;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{words.left}</MessageBarTitle> {words.leftLead(formatTime(leftAt.toISOString()))} {lead}
      </MessageBarBody>
      <MessageBarActions>
        <Button appearance="primary" onClick={takeUp}>
          {words.takeUp}
        </Button>
        <Button onClick={throwAway}>{words.throwAway}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { undoTexts as words } from "./undo-texts.ts";

/** Says which batch this one undoes, and which one undoes it, each with the way there. */
export function UndoNotices({ batch: { undoes, undoneBy } }: { batch: Batch }) {
  return (
    <>
      {undoes !== null && <Notice said={words.undoes(undoes.no)} to={undoes} />}
      {undoneBy !== null && <Notice said={words.undone(undoneBy.no, undoneBy.state)} to={undoneBy} />}
    </>
  );
}

function Notice({ said, to: { batchId, no } }: { said: string; to: { batchId: string; no: number } }) {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {said}{" "}
        <Link to={pages.batch.path} params={{ batchId }} className="in-text">
          {words.open(no)}
        </Link>
      </MessageBarBody>
    </MessageBar>
  );
}

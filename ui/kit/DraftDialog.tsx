import { type ReactNode, useState } from "react";
import { AskDialog } from "./AskDialog.tsx";
import { DraftNotice } from "./DraftNotice.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { LeaveGuard } from "./LeaveGuard.tsx";
import type { KeptForm } from "./use-draft.ts";

/** A small form whose fields are a draft: closing it half filled asks, and what was left is offered when it is opened again. */
export function DraftDialog({
  draft,
  act,
  onClose,
  onDone = onClose,
  children,
  ...ask
}: {
  draft: KeptForm;
  title: string;
  submit: string;
  /** Why nothing can be done yet; the button is greyed with it. */
  blocked?: string | null;
  mayAct?: () => boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
  onDone?: () => void;
  children: ReactNode;
}) {
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <AskDialog
        {...ask}
        act={async () => {
          await act();
          draft.clear();
        }}
        onDone={onDone}
        onClose={() => (draft.isDirty() ? setLeaving(true) : onClose())}
      >
        <DraftNotice draft={draft} />
        {children}
      </AskDialog>
      <LeaveGuard draft={draft} />
      {leaving && (
        <LeaveDialog
          onStay={() => setLeaving(false)}
          onLeave={onClose}
          onDiscard={() => {
            draft.clear();
            onClose();
          }}
        />
      )}
    </>
  );
}

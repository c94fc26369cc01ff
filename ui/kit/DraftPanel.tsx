import { Button } from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { DraftNotice } from "./DraftNotice.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { LeaveGuard } from "./LeaveGuard.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { texts } from "./texts.ts";
import type { KeptForm } from "./use-draft.ts";

/** A panel with a form in it whose draft is kept: it asks before it closes half filled, and what was left earlier is offered. */
export function DraftPanel({
  draft,
  title,
  lead,
  end,
  onClose,
  children,
}: {
  draft: KeptForm;
  title: string;
  lead?: ReactNode;
  end: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const [leaving, setLeaving] = useState(false);
  const close = () => (draft.isDirty() ? setLeaving(true) : onClose());
  return (
    <SidePanel
      wide
      title={title}
      lead={lead}
      end={
        <>
          {end}
          <Button appearance="subtle" style={{ marginLeft: "auto" }} onClick={close}>
            {texts.common.cancel}
          </Button>
        </>
      }
      onClose={close}
    >
      <LeaveGuard draft={draft} />
      <DraftNotice draft={draft} />
      {children}
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
    </SidePanel>
  );
}

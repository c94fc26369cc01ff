import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { texts } from "./texts.ts";

const words = texts.draft;

/** Asks before a half-filled form is left: stay, leave and keep what was typed, or leave and discard it. */
export function LeaveDialog({
  onStay,
  onLeave,
  onDiscard,
}: {
  onStay: () => void;
  onLeave: () => void;
  onDiscard: () => void;
}) {
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, { open }) => !open && onStay()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.leaveTitle}</DialogTitle>
          <DialogContent>{words.leaveLead}</DialogContent>
          <DialogActions fluid>
            <Button onClick={onDiscard}>{words.discard}</Button>
            <Button onClick={onLeave}>{words.leave}</Button>
            <Button appearance="primary" onClick={onStay}>
              {words.stay}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

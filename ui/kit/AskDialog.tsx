import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { texts } from "./texts.ts";
import styles from "./AskDialog.module.css";
import { ProblemNotice } from "./ProblemNotice.tsx";

/** A small question: what stands in it, and what is done on yes. It closes when that is done, and tells when it failed. */
export function AskDialog({
  title,
  submit,
  keep = texts.common.cancel,
  blocked = null,
  mayAct,
  act,
  onClose,
  onDone = onClose,
  children,
}: {
  title: string;
  submit: string;
  keep?: string;
  /** Why nothing can be done yet; the button is greyed with it. */
  blocked?: string | null;
  /** Asked when the button is pressed; false leaves the dialog open, which then shows why. */
  mayAct?: () => boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
  /** Called once it is done; left out, the dialog closes. */
  onDone?: () => void;
  children: ReactNode;
}) {
  const doing = useAct({ mutationFn: act, onSuccess: onDone });
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <form
          // What checks its fields itself says what is wrong in the words of the form, not in the browser's.
          noValidate={mayAct !== undefined}
          onSubmit={(event) => {
            event.preventDefault();
            // React hands it on to a form that this dialog was opened from, which is not to be sent by it.
            event.stopPropagation();
            if (blocked === null && mayAct?.() !== false) doing.mutate();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              <div className={styles.content}>
                {doing.isError && !isSignedOut(doing.error) && <ProblemNotice error={doing.error} />}
                {children}
              </div>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{keep}</Button>
              <Button
                type="submit"
                appearance="primary"
                className={styles.submit}
                disabledFocusable={doing.isPending || blocked !== null}
                {...(blocked !== null && { title: blocked })}
              >
                {submit}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** The sign-in that stands over the page then says it, and what stands here can be sent again after it. */
function isSignedOut(error: unknown): boolean {
  return problemOf(error).code === "unauthenticated";
}

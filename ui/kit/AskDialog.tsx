import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { texts } from "./texts.ts";
import styles from "./AskDialog.module.css";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { useFocusBack } from "./use-focus-back.ts";

/** A small question: what stands in it, and what is done on yes. It closes when that is done, and tells when it failed. */
export function AskDialog({
  title,
  submit,
  keep = texts.common.cancel,
  blocked = null,
  mayAct = () => true,
  act,
  onClose,
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
  children: ReactNode;
}) {
  useFocusBack();
  const doing = useMutation({ mutationFn: act, onSuccess: onClose });
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (blocked === null && mayAct()) doing.mutate();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              <div className={styles.content}>
                {doing.isError && <ProblemNotice error={doing.error} />}
                {children}
              </div>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{keep}</Button>
              <Button
                type="submit"
                appearance="primary"
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

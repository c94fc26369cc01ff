import { Field, Input, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { AskDialog } from "./AskDialog.tsx";
import { confirmationFor, type Confirmed, isConfirmed } from "./confirmation.ts";
import { texts } from "./texts.ts";
import { useTried } from "./use-tried.ts";

/**
 * Asks before something that is hard to undo: the title names what and how many, `children` say what follows. Above 50 the
 * number has to be typed, and with a `name` that name.
 */
export function ConfirmDialog({
  title,
  submit,
  confirmed,
  missing = null,
  blocked = null,
  act,
  onClose,
  children,
}: {
  title: string;
  submit: string;
  confirmed: Confirmed;
  /** What is still missing before it can be done; null where nothing is. */
  missing?: string | null;
  /** Why nothing can be done yet, such as what is still being read. */
  blocked?: string | null;
  act: (typed: string) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}) {
  const wanted = confirmationFor(confirmed);
  const [typed, setTyped] = useState("");
  const right = isConfirmed(wanted, typed);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  return (
    <AskDialog
      title={title}
      submit={submit}
      blocked={blocked}
      mayAct={() => tryNow(right && missing === null)}
      act={() => act(typed)}
      onClose={onClose}
    >
      {children}
      {tried && missing !== null && (
        <MessageBar intent="error">
          <MessageBarBody>{missing}</MessageBarBody>
        </MessageBar>
      )}
      {wanted !== null && (
        <div ref={place}>
          <Field
            label={texts.confirm.type(wanted)}
            {...(tried && !right && { validationMessage: texts.confirm.wrong(wanted) })}
          >
            <Input value={typed} autoComplete="off" onChange={(_event, { value }) => setTyped(value)} />
          </Field>
        </div>
      )}
    </AskDialog>
  );
}

import { Field, Input, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { AskDialog } from "./AskDialog.tsx";
import { confirmationFor, type Confirmed, isConfirmed } from "./confirmation.ts";
import { DraftDialog } from "./DraftDialog.tsx";
import { texts } from "./texts.ts";
import type { KeptForm } from "./use-draft.ts";
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
  draft,
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
  /** What is typed into `children`, where that is a draft. What confirms is never kept. */
  draft?: KeptForm;
  act: (typed: string) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}) {
  const wanted = confirmationFor(confirmed);
  const [typed, setTyped] = useState("");
  const right = isConfirmed(wanted, typed);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const asked = {
    title,
    submit,
    blocked,
    mayAct: () => tryNow(right && missing === null),
    act: async () => await act(typed),
    onClose,
  };
  const content = (
    <>
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
    </>
  );
  if (draft === undefined) return <AskDialog {...asked}>{content}</AskDialog>;
  return (
    <DraftDialog draft={draft} {...asked}>
      {content}
    </DraftDialog>
  );
}

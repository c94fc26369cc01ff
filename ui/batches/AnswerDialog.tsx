import { Field, Textarea } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { brakeTexts } from "./brake-texts.ts";

const words = brakeTexts.decide;

/** Answers what an agent asked a second one about, with a word for whoever asked unless that is the agent who answers. */
export function AnswerDialog({
  draftOf,
  title,
  submit,
  own,
  answer,
  onClose,
  children,
}: {
  /** What the word is kept under while it is a draft. */
  draftOf: string;
  title: string;
  submit: string;
  own: boolean;
  answer: (word: { note?: string }) => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}) {
  const draft = useDraft(draftOf, { note: "" });
  return (
    <DraftDialog
      draft={draft}
      title={title}
      submit={submit}
      onClose={onClose}
      act={async () => {
        const note = draft.value.note.trim();
        await answer(note === "" ? {} : { note });
      }}
    >
      {children}
      {!own && (
        <Field label={words.note} hint={words.noteHint}>
          <Textarea
            value={draft.value.note}
            maxLength={500}
            onChange={(_event, { value }) => draft.set({ note: value })}
          />
        </Field>
      )}
    </DraftDialog>
  );
}

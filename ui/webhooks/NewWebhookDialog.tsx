import { Checkbox, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { webhookEventNames } from "../../contract/webhooks.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { CustomerField } from "../customers/CustomersField.tsx";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { ShownOnceDialog } from "../kit/ShownOnceDialog.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { say } from "../kit/toasts.ts";
import { toggled } from "../kit/toggled.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { emptyWebhook, newWebhookBody, type WebhookProblem, webhookProblems } from "./new-webhook-draft.ts";
import styles from "./NewWebhookDialog.module.css";
import { webhookTexts } from "./webhook-texts.ts";

const { webhooks: words, webhookEvents } = webhookTexts;

/** Asks for a webhook's name, its address and what it is told of, makes it, and shows its secret this once. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const draft = useDraft("new-webhook", emptyWebhook);
  const { name, address, ofOne, customer, events, failedRows } = draft.value;
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  if (made !== null) {
    return (
      <ShownOnceDialog title={words.made(made.name)} label={words.secret} secret={made.secret} onClose={onClose}>
        {words.madeLead}
      </ShownOnceDialog>
    );
  }
  const problems = webhookProblems(draft.value);
  const problemOf = (one: WebhookProblem) => (tried && problems.includes(one) ? words[one] : undefined);
  const shown = (one: WebhookProblem) => {
    const problem = problemOf(one);
    return problem === undefined ? {} : { problem };
  };
  const make = async () => {
    const answer = await callRoute("createWebhook", { body: newWebhookBody(draft.value) });
    await client.invalidateQueries({ queryKey: queryKeys.webhooks() });
    if (answer.secret !== undefined) return setMade({ name: answer.name, secret: answer.secret });
    // Mails are not signed: there is no secret to show.
    say({ tone: "good", text: words.madeForMail(answer.name) });
    draft.clear();
    onClose();
  };
  return (
    <DraftDialog
      draft={draft}
      title={words.add}
      submit={words.add}
      mayAct={() => tryNow(problems.length === 0)}
      act={make}
      onClose={onClose}
      // A secret that is shown once stands in the place of the form.
      onDone={() => undefined}
    >
      <div ref={place} className={styles.fields}>
        <TextInput
          label={words.name}
          hint={words.nameHint}
          value={name}
          onChange={(value) => draft.set({ name: value })}
          required
          autoFocus
          {...shown("nameMissing")}
        />
        <TextInput
          label={words.address}
          hint={words.addressHint}
          value={address}
          onChange={(value) => draft.set({ address: value })}
          required
          {...shown("addressWrong")}
        />
        <Field label={words.whose}>
          <RadioGroup
            value={ofOne ? "one" : "all"}
            onChange={(_event, { value }) => draft.set({ ofOne: value === "one" })}
          >
            <Radio value="all" label={words.all} />
            <Radio value="one" label={words.one} />
          </RadioGroup>
        </Field>
        {ofOne && (
          <CustomerField
            label={words.customer}
            chosen={customer}
            problem={problemOf("customerMissing")}
            onChoose={(value) => draft.set({ customer: value })}
          />
        )}
        <Field
          label={words.about}
          {...(problemOf("eventsMissing") !== undefined && { validationMessage: words.eventsMissing })}
        >
          <div role="group" aria-label={words.about} className={styles.events}>
            {webhookEventNames.map((event) => (
              <Checkbox
                key={event}
                label={webhookEvents[event]}
                checked={events.includes(event)}
                onChange={(_event, { checked }) => draft.set({ events: toggled(events, event, checked === true) })}
              />
            ))}
          </div>
        </Field>
        <Field label={words.personal} hint={words.failedRowsHint}>
          <Checkbox
            label={words.failedRows}
            checked={failedRows}
            onChange={(_event, { checked }) => draft.set({ failedRows: checked === true })}
          />
        </Field>
      </div>
    </DraftDialog>
  );
}

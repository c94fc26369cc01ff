import { Checkbox, Field } from "@fluentui/react-components";
import { notificationTexts } from "../notifications/notification-texts.ts";
import { chooseNotify, useNotifyState } from "../notifications/notify-choice.ts";

const words = notificationTexts.notifications;

/** Whether this device tells of ended batches, how that stands with the browser, and how to change it. */
export function NotificationChoice() {
  const state = useNotifyState();
  const blocked = state === "refused" || state === "missing";
  return (
    <Field validationMessage={words[state]} validationState={blocked ? "warning" : state === "on" ? "success" : "none"}>
      <Checkbox
        label={words.choice}
        checked={state === "on"}
        disabled={blocked}
        onChange={(_event, { checked }) => void chooseNotify(checked === true)}
      />
    </Field>
  );
}

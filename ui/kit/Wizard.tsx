import { Button } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { CommandButton } from "./CommandButton.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { Stepper } from "./Stepper.tsx";
import { texts } from "./texts.ts";
import { useTried } from "./use-tried.ts";
import styles from "./Wizard.module.css";

const words = texts.wizard;
const formId = "wizard-step";

/** A step of a wizard. */
export type WizardStep<Key extends string> = {
  key: Key;
  title: string;
  /** Whether Next may go on. What is wrong stands at the fields, which are told whether somebody `tried`. */
  valid: boolean;
  /** Why the agent may not take this step; it is greyed in the stepper and passed over. */
  reason?: string | null | undefined;
  content: (tried: boolean) => ReactNode;
};

/**
 * Steps in a panel at the right, the last of which is the review. Next goes on, or to the first field that is wrong; the
 * stepper leads back to any step that was seen. `onSubmit` is called from the last step, once every step is right.
 */
export function Wizard<Key extends string>({
  title,
  lead,
  steps,
  at,
  formKey = "",
  onAt,
  refusals,
  submit,
  busyLabel,
  busy,
  submitReason = null,
  beside,
  top,
  onSubmit,
  onClose,
}: {
  title: string;
  lead?: ReactNode;
  steps: WizardStep<Key>[];
  at: Key;
  /** Who or what the form is about, where it changes while the wizard is open. */
  formKey?: string;
  onAt: (step: Key) => void;
  /** How often the server has refused what was submitted: each time the first field that is wrong gets the focus. */
  refusals: number;
  /** The button of the last step, such as Complete. */
  submit: string;
  busyLabel: string;
  busy: boolean;
  /** Why there is nothing to submit; greys the button of the last step. */
  submitReason?: string | null;
  /** More buttons on the last step, such as Add another user. */
  beside?: ReactNode;
  /** What stands above each step. */
  top?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}) {
  const open = steps.filter(({ reason }) => reason === undefined || reason === null);
  const place = Math.max(
    0,
    open.findIndex(({ key }) => key === at),
  );
  const [seen, setSeen] = useState(place);
  const step = open[place];
  const last = place === open.length - 1;
  const { tried, place: body, tryNow, forget } = useTried<HTMLFormElement>();
  const heading = useRef<HTMLHeadingElement>(null);
  const begun = useRef<string>(undefined);
  useEffect(() => {
    setSeen((most) => Math.max(most, place));
    if (begun.current === formKey) {
      // Each step begins with its name, or with what is wrong.
      if (!tried) heading.current?.focus();
      return undefined;
    }
    begun.current = formKey;
    // When the panel opens, the library gives the focus to the button that closes it; the first field is to have it.
    const timer = setTimeout(() => (body.current?.querySelector("input") ?? heading.current)?.focus());
    return () => clearTimeout(timer);
    // `tried` is looked at and does not move the focus.
  }, [place, formKey]);
  useEffect(() => {
    if (refusals > 0) tryNow(false);
  }, [refusals]);

  const go = (to: number) => {
    forget();
    const next = open[to];
    if (next !== undefined) onAt(next.key);
  };
  /** Leads to the first step that is not right, where one is. */
  const submitAll = () => {
    const wrong = open.findIndex(({ valid }) => !valid);
    if (wrong < 0) {
      onSubmit();
      return;
    }
    go(wrong);
    tryNow(false);
  };
  if (step === undefined) return null;
  const submitLabel = busy ? busyLabel : submit;
  return (
    <SidePanel
      title={title}
      {...(lead !== undefined && { lead })}
      wide
      onClose={onClose}
      end={
        <>
          {place > 0 && (
            <Button onClick={() => go(place - 1)} disabledFocusable={busy}>
              {words.back}
            </Button>
          )}
          {last && submitReason !== null ? (
            <CommandButton
              appearance="primary"
              command={{ key: "submit", label: submit, reason: submitReason, onUse: () => undefined }}
            />
          ) : (
            <Button type="submit" form={formId} appearance="primary" disabledFocusable={busy}>
              {last ? submitLabel : words.next}
            </Button>
          )}
          {last && beside}
          <span className={styles.gap} />
          <Button appearance="subtle" onClick={onClose}>
            {texts.common.cancel}
          </Button>
        </>
      }
    >
      {top}
      <Stepper
        steps={steps.map(({ key, title: name, reason }) => ({ key, title: name, reason }))}
        current={step.key}
        mayOpen={(key) => open.findIndex((one) => one.key === key) <= seen}
        onOpen={(key) => go(open.findIndex((one) => one.key === key))}
      />
      <form
        id={formId}
        ref={body}
        className={styles.step}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (busy || !tryNow(step.valid)) return;
          if (last) submitAll();
          else go(place + 1);
        }}
      >
        <h3 ref={heading} tabIndex={-1} className={styles.title}>
          {step.title}
        </h3>
        {step.content(tried)}
      </form>
    </SidePanel>
  );
}

import { Button } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { SidePanel } from "./SidePanel.tsx";
import { Stepper } from "./Stepper.tsx";
import { texts } from "./texts.ts";
import { useTried } from "./use-tried.ts";
import styles from "./Wizard.module.css";

const words = texts.wizard;

/** A step of a wizard. */
export type WizardStep = {
  key: string;
  title: string;
  /** Whether Next may go on. What is wrong stands at the fields, which are told whether somebody `tried`. */
  valid: boolean;
  /** Why the agent may not take this step; it is greyed in the stepper and passed over. */
  reason?: string | null | undefined;
  content: (tried: boolean) => ReactNode;
};

/**
 * Steps in a panel at the right, the last of which is the review. Next goes on, or to the first field that is wrong; the
 * stepper leads back to any step that was seen. `onSubmit` is called from the last step.
 */
export function Wizard({
  title,
  lead,
  steps,
  submit,
  busyLabel,
  busy,
  beside,
  onSubmit,
  onClose,
}: {
  title: string;
  lead?: ReactNode;
  steps: WizardStep[];
  /** The button of the last step, such as Complete. */
  submit: string;
  busyLabel: string;
  busy: boolean;
  /** More buttons on the last step, such as Add another user. */
  beside?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}) {
  const open = steps.filter(({ reason }) => reason === undefined || reason === null);
  const [at, setAt] = useState(0);
  const [seen, setSeen] = useState(0);
  const place = Math.min(at, open.length - 1);
  const step = open[place];
  const last = place === open.length - 1;
  const { tried, place: body, tryNow, forget } = useTried<HTMLFormElement>();
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    // The first field has the focus when the panel opens; later each step begins with its name.
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [place]);

  const go = (to: number) => {
    forget();
    setAt(to);
    setSeen((most) => Math.max(most, to));
  };
  /** Leads to the first step that is not right, where one is. */
  const submitAll = () => {
    const wrong = open.findIndex(({ valid }) => !valid);
    if (wrong < 0) onSubmit();
    else go(wrong);
  };
  if (step === undefined) return null;
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
          <Button type="submit" form={formId} appearance="primary" disabledFocusable={busy}>
            {last ? (busy ? busyLabel : submit) : words.next}
          </Button>
          {last && beside}
          <span className={styles.gap} />
          <Button appearance="subtle" onClick={onClose}>
            {texts.common.cancel}
          </Button>
        </>
      }
    >
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
          if (!tryNow(step.valid)) return;
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

const formId = "wizard-step";

import { Tooltip } from "@fluentui/react-components";
import styles from "./Stepper.module.css";
import { texts } from "./texts.ts";

/** The steps of a wizard by name: which one is open, which ones can be opened, and why one cannot at all. */
export function Stepper({
  steps,
  current,
  mayOpen,
  onOpen,
}: {
  steps: { key: string; title: string; reason?: string | null | undefined }[];
  current: string;
  mayOpen: (key: string) => boolean;
  onOpen: (key: string) => void;
}) {
  const at = steps.findIndex(({ key }) => key === current);
  return (
    <nav aria-label={texts.wizard.steps}>
      <p className={styles.narrow}>{texts.wizard.stepOf(at + 1, steps.length)}</p>
      <ol className={styles.steps}>
        {steps.map(({ key, title, reason }, place) => {
          const blocked = typeof reason === "string";
          const button = (
            <button
              type="button"
              className={styles.step}
              aria-current={key === current ? "step" : undefined}
              aria-disabled={blocked || (key !== current && !mayOpen(key))}
              data-done={place < at && !blocked}
              onClick={() => !blocked && mayOpen(key) && onOpen(key)}
            >
              <span className={styles.no} aria-hidden>
                {place + 1}
              </span>
              {title}
            </button>
          );
          return (
            <li key={key}>
              {blocked ? (
                <Tooltip content={reason} relationship="description" withArrow>
                  {button}
                </Tooltip>
              ) : (
                button
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

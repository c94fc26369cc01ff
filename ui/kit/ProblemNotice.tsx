import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { problemOf } from "../client/request-failed.ts";
import { texts } from "./texts.ts";
import styles from "./ProblemNotice.module.css";

const mostErrors = 20;

/** A problem as the api tells it: what, why, and where in the file or form; `brief` where the page says the last itself. */
export function ProblemNotice({
  error,
  title,
  brief = false,
  onRetry,
}: {
  error: unknown;
  title?: string;
  brief?: boolean;
  onRetry?: () => void;
}) {
  const problem = problemOf(error);
  const heading = title ?? (problem.title === "" ? texts.errors.title : problem.title);
  const errors = brief ? [] : (problem.errors ?? []);
  const rest = errors.length - mostErrors;
  // The page asks for a sign-in over what stands on it, and that ends this problem.
  if (problem.code === "unauthenticated") return null;
  return (
    <div className={styles.notice} data-code={problem.code}>
      <MessageBar intent="error" layout="multiline" politeness="assertive">
        <MessageBarBody>
          <MessageBarTitle>{heading}</MessageBarTitle> {problem.detail !== heading && problem.detail}
        </MessageBarBody>
        {onRetry !== undefined && (
          <MessageBarActions>
            <Button onClick={onRetry}>{texts.common.retry}</Button>
          </MessageBarActions>
        )}
      </MessageBar>
      {errors.length > 0 && (
        <ul className={styles.errors}>
          {errors.slice(0, mostErrors).map(({ row, column, value, message }, at) => (
            <li key={`${at}`}>
              {(row !== undefined || column !== undefined) && (
                <span className={styles.where}>
                  {[row === undefined ? null : texts.errors.row(row), column ?? null].filter(Boolean).join(" · ")}
                </span>
              )}
              <span className={styles.why}>
                {value !== undefined && <code className={styles.value}>{value}</code>}
                {message}
              </span>
            </li>
          ))}
          {rest > 0 && <li>{texts.errors.more(rest)}</li>}
        </ul>
      )}
    </div>
  );
}

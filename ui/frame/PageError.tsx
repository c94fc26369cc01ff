import { ProblemNotice } from "../kit/ProblemNotice.tsx";

/** Stands in the place of a page that failed while it was drawn. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  return <ProblemNotice error={error} onRetry={reset} />;
}

import { useBlocker } from "@tanstack/react-router";
import { LeaveDialog } from "./LeaveDialog.tsx";
import type { KeptForm } from "./use-draft.ts";

/** Asks before a page with a half-filled form is left for another one, and has the browser ask before its tab is closed. */
export function LeaveGuard({ draft }: { draft: Pick<KeptForm, "isDirty" | "clear"> }) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => draft.isDirty() && current.pathname !== next.pathname,
    enableBeforeUnload: draft.isDirty,
    withResolver: true,
  });
  if (leaving.status !== "blocked") return null;
  return (
    <LeaveDialog
      onStay={leaving.reset}
      onLeave={leaving.proceed}
      onDiscard={() => {
        draft.clear();
        leaving.proceed();
      }}
    />
  );
}

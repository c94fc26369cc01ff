import { lazy, Suspense, useState } from "react";
import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";
import { AskedAct, type AskedOperation, doneWords } from "./AskedAct.tsx";

const UserActOutcome = lazy(async () => ({ default: (await import("./UserActOutcome.tsx")).UserActOutcome }));

/** What stands over a page while something is asked about users, and what became of them once it was begun. */
export function ActOverUsers({
  customerId,
  asked,
  select,
  known,
  onStarted,
  onClose,
}: {
  customerId: string;
  asked: AskedOperation | undefined;
  select: Selection;
  /** The users of a selection by id. */
  known: User[];
  onStarted?: () => void;
  /** Called when nothing is asked any more. */
  onClose: () => void;
}) {
  const [started, setStarted] = useState<{ act: AskedOperation; batchId: string }>();
  return (
    <>
      {asked !== undefined && (
        <AskedAct
          customerId={customerId}
          asked={asked}
          select={select}
          known={known}
          onStarted={(batchId) => {
            setStarted({ act: asked, batchId });
            onClose();
            onStarted?.();
          }}
          onClose={onClose}
        />
      )}
      {started !== undefined && (
        <Suspense>
          <UserActOutcome
            customerId={customerId}
            title={doneWords(started.act)}
            passwords={started.act === "resetPasswords"}
            batchId={started.batchId}
            onClose={() => setStarted(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

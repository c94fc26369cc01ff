import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import type { Approval } from "../../contract/brakes.ts";
import { meQuery } from "../client/me-query.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { formatTime } from "../kit/format.ts";
import { useAuthority } from "../kit/use-authority.ts";
import { brakeTexts as words } from "./brake-texts.ts";

const DecideDialog = lazy(async () => ({ default: (await import("./DecideDialog.tsx")).DecideDialog }));

/** Says what holds a plan back, who asked for a yes and what came of it; where it awaits one, with the way to give it. */
export function BrakeNotice({ batch }: { batch: Batch }) {
  const { state, brake, approval } = batch;
  if (state === "awaiting_approval" && approval !== null) return <Waiting batch={batch} approval={approval} />;
  const decision = approval?.decision ?? null;
  // A yes starts or schedules the plan in its own moment: one that is ready again needs another.
  if (decision?.approved === true && state !== "ready") return <Decided decision={decision} />;
  // Whoever took the question back knows.
  const refused = decision?.approved === false && decision.byId !== approval?.askedById ? decision : null;
  if (refused !== null && approval?.retriedRows != null) return <Decided decision={refused} />;
  if (state !== "ready" || brake.needs !== "approval") return null;
  return (
    <>
      {refused !== null && <Decided decision={refused} />}
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{words.needed.title}</MessageBarTitle> {brake.why} {words.needed.lead}
        </MessageBarBody>
      </MessageBar>
    </>
  );
}

type Decision = NonNullable<Approval["decision"]>;

function Decided({ decision: { approved, by, at, note } }: { decision: Decision }) {
  const { title, by: said } = approved ? words.approved : words.refused;
  return (
    <MessageBar intent={approved ? "success" : "error"} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {said(by, formatTime(at))} {note}
      </MessageBarBody>
    </MessageBar>
  );
}

function Waiting({ batch, approval }: { batch: Batch; approval: Approval }) {
  const me = useQuery(meQuery);
  const { reason } = useAuthority(batch.customerId);
  const [deciding, setDeciding] = useState<"approve" | "refuse" | null>(null);
  const own = me.data?.id === approval.askedById;
  const missing = reason(batch.operation);
  const { waiting } = words;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{waiting.title}</MessageBarTitle>{" "}
        {waiting.asked(approval.askedBy, formatTime(approval.askedAt))} {approval.why}{" "}
        {approval.retriedRows !== null && waiting.retry(approval.retriedRows)}{" "}
        {approval.startAt !== null && waiting.starts(formatTime(approval.startAt))} {own && waiting.own}
      </MessageBarBody>
      <MessageBarActions>
        {own ? (
          <Button size="small" onClick={() => setDeciding("refuse")}>
            {waiting.takeBack}
          </Button>
        ) : (
          <>
            <CommandButton
              appearance="primary"
              command={{ key: "approve", label: waiting.approve, reason: missing, onUse: () => setDeciding("approve") }}
            />
            <CommandButton
              appearance="secondary"
              command={{ key: "refuse", label: waiting.refuse, reason: missing, onUse: () => setDeciding("refuse") }}
            />
          </>
        )}
      </MessageBarActions>
      {deciding !== null && (
        <Suspense>
          <DecideDialog
            batch={batch}
            approval={approval}
            decision={deciding}
            own={own}
            onClose={() => setDeciding(null)}
          />
        </Suspense>
      )}
    </MessageBar>
  );
}

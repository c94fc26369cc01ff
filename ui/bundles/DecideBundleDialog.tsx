import { useQueryClient } from "@tanstack/react-query";
import type { Bundle, Question } from "../../contract/bundle.ts";
import { AnswerDialog } from "../batches/AnswerDialog.tsx";
import { brakeTexts } from "../batches/brake-texts.ts";
import { callRoute } from "../client/call-route.ts";
import { say } from "../kit/toasts.ts";
import { showBundle } from "./bundle-queries.ts";
import { bundleTexts } from "./bundle-texts.ts";

const words = bundleTexts.questions;
const { waiting } = brakeTexts;

/**
 * Approves or refuses at once those plans of a file that the agent saw and may answer for, and names the others; whoever asked
 * takes them back so.
 */
export function DecideBundleDialog({
  bundle: { id: bundleId, no },
  questions,
  decision,
  own,
  onClose,
}: {
  bundle: Bundle;
  questions: Question[];
  decision: "approve" | "refuse";
  own: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const approves = decision === "approve";
  const answered = questions.filter((question) => question[decision] === null);
  const others = questions.filter((question) => question[decision] !== null);
  const askers = [...new Set(answered.map(({ askedBy }) => askedBy))];
  const title = approves ? words.approveTitle : own ? words.takeBackTitle : words.refuseTitle;
  return (
    <AnswerDialog
      draftOf={`${decision} ${bundleId}`}
      title={title(answered.length, no)}
      submit={approves ? waiting.approve : own ? waiting.takeBack : waiting.refuse}
      own={own}
      onClose={onClose}
      answer={async (word) => {
        const plans = answered.map(({ batchId, planVersion }) => ({ batchId, planVersion }));
        const route = approves ? "approveBundle" : "refuseBundle";
        const { left, ...now } = await callRoute(route, { params: { bundleId }, body: { plans, ...word } });
        if (left.length > 0) say({ tone: "bad", text: words.left(left.map(({ customerName }) => customerName)) });
        await showBundle(client, now);
      }}
    >
      <p>
        {words.sum(answered)} {approves ? words.approveLead(askers) : words.refuseLead}
      </p>
      {others.length > 0 && <p>{words.others(others.map(({ customerName }) => customerName))}</p>}
    </AnswerDialog>
  );
}

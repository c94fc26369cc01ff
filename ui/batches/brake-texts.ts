import { many } from "../kit/count-words.ts";

const whole = (no: number, retry: boolean) => (retry ? `the retry of batch ${no}` : `batch ${no}`);

/** The words of what holds a plan back: the number to type, and the yes of a second agent. */
export const brakeTexts = {
  confirm: {
    title: (no: number) => `Start batch ${no}?`,
    submit: "Start",
    lead: "What is done stays done, also where the batch is stopped half-way.",
  },
  ask: "Ask for approval",
  askNow: "Ask to start now",
  needed: {
    title: "Needs a second agent",
    lead: "When you ask for approval, it waits until another agent with the authority for it says yes. Is there no other agent? An Admin agent can make one under Agents, who counts as that Admin agent for a day and can approve it then.",
  },
  waiting: {
    title: "Awaiting approval",
    asked: (name: string, at: string) => `${name} asked for it, ${at}.`,
    retry: (rows: number) => `It is about a retry of ${many(rows, "row", "rows")}.`,
    starts: (at: string) => `Once approved it starts ${at}.`,
    own: "You asked for it: another agent has to approve it.",
    approve: "Approve",
    refuse: "Refuse",
    takeBack: "Take back",
  },
  refused: {
    title: "Not approved",
    by: (name: string, at: string) => `${name} said no, ${at}.`,
  },
  approved: {
    title: "Approved",
    by: (name: string, at: string) => `${name} approved it, ${at}.`,
  },
  decide: {
    approveTitle: (no: number, retry: boolean) => `Approve ${whole(no, retry)}?`,
    approveLead: (name: string) => `It starts for ${name}, as the plan stands now.`,
    retryLead: (name: string, rows: number) => `${many(rows, "row runs", "rows run")} again, for ${name}.`,
    refuseTitle: (no: number, retry: boolean) => `Refuse ${whole(no, retry)}?`,
    refuseLead: "Nothing is done. The plan can be changed, and asked for again.",
    refuseRetryLead: "Nothing is done. The rows stay as they are, and can be mended and retried.",
    takeBackTitle: (no: number, retry: boolean) => `Take back the question for ${whole(no, retry)}?`,
    note: "Why",
    noteHint: "For whoever asked. It stands in the audit.",
  },
} as const;

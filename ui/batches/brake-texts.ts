/** The words of what holds a plan back: the number to type, and the yes of a second agent. */
export const brakeTexts = {
  confirm: {
    title: (no: number) => `Start batch ${no}?`,
    submit: "Start",
    lead: "What is done stays done, also where the batch is stopped half-way.",
  },
  ask: "Ask for approval",
  needed: {
    title: "Needs a second agent",
    lead: "When you ask for approval, the plan waits until another agent with the authority for it says yes. Is there no other agent? An Admin agent can raise the limits of this customer on its page Products; that is on record.",
  },
  waiting: {
    title: "Awaiting approval",
    asked: (name: string, at: string) => `${name} asked for it, ${at}.`,
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
    approveTitle: (no: number) => `Approve batch ${no}?`,
    approveLead: (name: string) => `It starts for ${name}, as the plan stands now.`,
    refuseTitle: (no: number) => `Refuse batch ${no}?`,
    refuseLead: "Nothing is done. The plan can be changed, and asked for again.",
    takeBackTitle: (no: number) => `Take back the question for batch ${no}?`,
    note: "Why",
    noteHint: "For whoever asked. It stands in the audit.",
  },
} as const;

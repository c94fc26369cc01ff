/** The words of the home page. */
export const homeTexts = {
  batches: {
    running: { title: "Running", none: "Nothing runs", lead: "Batches show here while they are carried out." },
    ready: {
      title: "Plans not started",
      none: "No plan waits",
      lead: "A file that was checked waits here until somebody starts it.",
    },
    paused: { title: "Paused", none: "Nothing is paused", lead: "A paused batch goes on when somebody resumes it." },
    scheduled: {
      title: "Scheduled",
      none: "Nothing is scheduled",
      lead: "Batches with a start time wait here for it.",
    },
  },
} as const;

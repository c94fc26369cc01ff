import { n } from "../kit/count-words.ts";

/** The words of notifications about the agent's batches. */
export const notificationTexts = {
  notifications: {
    title: "Notifications",
    lead: "On this device, and as long as Muster is open in a tab of this browser.",
    choice: "Tell me when a batch of mine ends or fails",
    on: "This browser shows notifications. Where Muster is in front, it says so on the page.",
    off: "It is off. The browser asks once whether Muster may show notifications.",
    refused:
      "This browser refuses notifications of Muster. Allow them in its settings for this site (the sign beside the address), and turn this on again.",
    missing: "This browser has no notifications for Muster's pages. They need an address with https or localhost.",
    open: "Open the batch",
  },
  batchEnd: {
    finished: (counts: string) => `Finished: ${counts}.`,
    cancelled: (counts: string) => `Cancelled: ${counts}.`,
    rejected: "The file was refused.",
    stopped: (counts: string) => `Stopped by itself, and waits for you: ${counts}.`,
    counts: {
      succeeded: (rows: number) => `${n(rows)} succeeded`,
      unchanged: (rows: number) => `${n(rows)} unchanged`,
      partial: (rows: number) => `${n(rows)} partial`,
      failed: (rows: number) => `${n(rows)} failed`,
      cancelled: (rows: number) => `${n(rows)} cancelled`,
      pending: (rows: number) => `${n(rows)} pending`,
    },
  },
} as const;

import type { PageName } from "../../contract/pages.ts";

/** What a page is for, and what the words on it mean. */
export type PageHelp = { what: string; words: readonly (readonly [word: string, meaning: string])[] };

const batch = [
  "Batch",
  "One upload, or one request for one or many users. A single change is a batch of one row.",
] as const;
const approval = [
  "Approval",
  "The yes of a second agent, which a plan needs that deletes, blocks or resets many users, or touches or makes one with an admin role.",
] as const;
const row = ["Row", "One user's line in a batch, with its own outcome and its own cause where it failed."] as const;
const cause = [
  "Cause",
  "Why a row failed or will fail. Rows with one cause can be shown, mended and retried together.",
] as const;
const customer = ["Customer", "A company whose users you manage. It owns one or more domains."] as const;
const seat = ["Seat", "One unit of a product. A license takes one; deleting the user frees it."] as const;
const grant = ["Grant", "A role at one customer, given to an agent or a group for a day to two years."] as const;
const partnerRole = [
  "Partner role",
  "Admin agents manage users where a grant allows it; Helpdesk and Sales agents change licenses only.",
] as const;
const location = [
  "Usage location",
  "The country where the user uses the services. A license cannot be assigned without it.",
] as const;
const temporary = [
  "Temporary password",
  "Made by Muster and kept sealed for seven days or until the first sign-in, when a new one is chosen.",
] as const;
const deleted = [
  "Deleted user",
  "Can be restored for 30 days with everything that was there. After that the account is removed for good.",
] as const;
const partial = [
  "Partial",
  "The user was made or changed, but a later step failed, such as a license. A retry goes on there.",
] as const;

const refused = [
  "Refused row",
  "A row of a customer who is unknown, or for whom you may not do this. It is named, and the others go on.",
] as const;

/** The help of each page. */
export const pageHelp: Record<PageName, PageHelp> = {
  home: {
    what: "What runs now and how long it still takes, why rows failed, what waits for somebody, and what is about to run out. Every number leads to its rows.",
    words: [batch, row, cause, seat],
  },
  customers: {
    what: "The customers that you may work for. Choose one to see its users, batches and products.",
    words: [customer, grant],
  },
  users: {
    what: "The users of this customer. Choose a name for the details; select users to change many at once.",
    words: [location, seat, deleted],
  },
  newUser: {
    what: "Makes one user, or several together. Nothing is sent before Complete; what you typed is kept when you leave.",
    words: [location, temporary, seat],
  },
  editUser: {
    what: "Changes one user. The review shows what changes, before and after; nothing is sent before Complete.",
    words: [location, seat],
  },
  upload: {
    what: "Takes a spreadsheet as you have it. You see a plan of every row first; nothing happens to users before you start it. What you chose is kept in this browser until you send or remove it, a file for three days.",
    words: [["Plan", "What will happen to each row, worked out before anything is done."], batch, row],
  },
  deletedUsers: { what: "Users who were deleted and can still be restored.", words: [deleted, seat] },
  customerBatches: {
    what: "Everything that was done for this customer, the latest first.",
    words: [batch, partial, cause],
  },
  products: {
    what: "What this customer has bought, with its seats, the customer's domains, and beyond which limits a plan needs a second agent.",
    words: [seat, approval],
  },
  customerGrants: {
    what: "Who may do what for this customer, and until when. A grant can be extended or ended at any time.",
    words: [grant, partnerRole],
  },
  customerAudit: {
    what: "What was done and refused at this customer, the latest first. Records cannot be changed or deleted.",
    words: [["Result", "Succeeded, or refused because the agent may not do it."]],
  },
  batches: { what: "Everything that was done for any customer, the latest first.", words: [batch, partial, cause] },
  batch: {
    what: "One batch: its plan, its progress, why rows failed, and every row. Cells can be changed in place before the start, and in failed rows after it.",
    words: [row, partial, cause, approval, temporary],
  },
  bundleUpload: {
    what: "Takes a spreadsheet whose rows belong to many customers, and makes a batch for each of them. Nothing happens to users before you start them.",
    words: [refused, batch, row],
  },
  bundles: {
    what: "The files that you and others sent for many customers, the latest first, with how their batches stand. You see a file as far as you see its customers.",
    words: [batch, refused],
  },
  bundle: {
    what: "One file for many customers: its batches, one for each customer, the rows that were refused, and the whole file with its results.",
    words: [batch, row, approval],
  },
  people: {
    what: "One search for a person among users, deleted ones included, rows of batches and the audit.",
    words: [row, deleted],
  },
  audit: {
    what: "One record for each step that changed a user, and for each act worth answering for. Records cannot be changed or deleted.",
    words: [["Result", "Succeeded, or refused because the agent may not do it."]],
  },
  agents: {
    what: "The people who work here, and what each of them may do.",
    words: [partnerRole, grant],
  },
  agent: {
    what: "One agent: how they sign in, where they may do what, their API keys, and what they did last.",
    words: [grant, partnerRole],
  },
  webhooks: {
    what: "Other programs that are told of batches. Each message is signed, tried again for three days, and listed with what became of it.",
    words: [
      ["Webhook", "An address of another program that is told what happens to batches."],
      ["Secret", "What messages are signed with, so that their receiver knows who sent them. It is shown once."],
    ],
  },
  settings: {
    what: "Your own account: password, authenticator app, API keys and notifications; for Admin agents also the limits of plans.",
    words: [approval],
  },
  signIn: { what: "Where agents sign in.", words: [] },
};

import type { BrakeLimits } from "../../contract/brakes.ts";
import { many, n } from "../kit/count-words.ts";

/** The words of the limits beyond which a plan needs a second agent. */
export const brakeLimitTexts = {
  title: "Limits of plans",
  lead: "Beyond them a plan that deletes, blocks or resets users or takes licenses from them needs the yes of a second agent.",
  leadAll: "They count at every customer that has none of its own. Each change is on record.",
  change: "Change limits",
  ofAll: "Those for all customers:",
  own: "Of this customer's own:",
  askedTitle: "Looser limits are asked for",
  wouldBe: (limits: BrakeLimits | null) =>
    `Asked for: ${limits === null ? "the limits for all customers." : saidLimits(limits)}`,
  agree: "Agree to these limits",
  said: saidLimits,
  dialog: {
    title: "Change limits of plans",
    asAll: "The limits for all customers count",
    users: "Users in one plan",
    percent: "Percent of the customer's users",
    none: "Empty: no such limit.",
    admins: "A user who holds or gets an admin role needs a second agent as well",
    looser: "Looser limits count once another Admin agent agrees.",
    replaces: (by: string) => `What ${by} has asked for is given up when you save.`,
    wrong: (most: number) => `A number from 0 to ${n(most)}, or nothing.`,
  },
} as const;

function saidLimits({ users, percent, admins }: BrakeLimits): string {
  const parts = [
    ...(users === null ? [] : [`more than ${many(users, "user", "users")}`]),
    ...(percent === null ? [] : [`more than ${n(percent)} % of a customer's users`]),
    ...(admins ? ["a user who holds or gets an admin role"] : []),
  ];
  return parts.length === 0 ? "No plan needs a second agent." : `A second agent is needed for ${parts.join(", or ")}.`;
}

import type { BrakeLimits } from "../../../contract/brakes.ts";

/** Gives of each limit the stricter one: what counts at once where an agent wants others, for nobody alone can loosen limits. */
export function stricterLimits(one: BrakeLimits, other: BrakeLimits): BrakeLimits {
  return {
    users: least(one.users, other.users),
    percent: least(one.percent, other.percent),
    admins: one.admins || other.admins,
  };
}

/** Whether two sets of limits are the same. */
export function sameLimits(one: BrakeLimits, other: BrakeLimits): boolean {
  return one.users === other.users && one.percent === other.percent && one.admins === other.admins;
}

function least(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}

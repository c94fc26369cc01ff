import { faultProblem } from "../../db/connection-problem.ts";

/** What was looked at, how it stands, and what to do about it where something is to be done. */
export type Finding = { check: string; state: "well" | "warning" | "wrong"; told: string; todo: string | null };

/** Something that is as it should be. */
export function well(check: string, told: string): Finding {
  return { check, state: "well", told, todo: null };
}

/** Something that Muster can live with. */
export function warning(check: string, told: string, todo: string): Finding {
  return { check, state: "warning", told, todo };
}

/** Something that keeps Muster from working; a sentence that says what to do by itself needs no `todo`. */
export function wrong(check: string, told: string, todo: string | null = null): Finding {
  return { check, state: "wrong", told, todo };
}

/** What an error says in one sentence, which names `setting` where it is of the database. */
export function sentenceOf(error: unknown, setting = "DATABASE_URL"): string {
  return faultProblem(error, setting).message;
}

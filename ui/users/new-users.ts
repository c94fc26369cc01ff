import type { Product } from "../../contract/customer.ts";
import type { UserInput } from "../../contract/user.ts";
import { holdingsOf, type LicenseDraft, productLines } from "./license-changes.ts";
import {
  emptyForm,
  type FormStep,
  moreFields,
  permissionOf,
  type FormRefusal,
  stepOf,
  upnOf,
  type UserForm,
} from "./user-form.ts";

/** One of the users to be made: the form, what the agent wrote over what was suggested, and what the server refused. */
export type NewPerson = UserForm & {
  key: string;
  /** Whether the agent wrote the name; until then it follows the first and last name. */
  ownDisplayName: boolean;
  ownLocal: boolean;
  /** What is to be done about a deleted user of the same name. */
  onDeleted: "ask" | "restore" | "create";
  refusal: FormRefusal | null;
};

/** Several users who are made by one batch, by the keys of the form in the order of the rows. */
export type RunningBatch = { batchId: string; keys: string[] };

/** What stands in the form for new users. */
export type NewUsersDraft = {
  people: NewPerson[];
  /** Which of them is shown. */
  at: number;
  step: FormStep;
  /** A request whose answer did not come: sent again under its key, it makes nobody twice. */
  unanswered: { key: string; body: string } | null;
  running: RunningBatch[];
  /** Batches that made the others while those who are left here failed; their passwords are still to be handed out. */
  earlier: string[];
};

type Usual = { domain: string; usageLocation: string };

/** An empty form for one user, with what is usual at the customer. */
export function emptyNewUsers(usual: Usual): NewUsersDraft {
  return {
    people: [newPerson("1", emptyForm(usual))],
    at: 0,
    step: "info",
    unanswered: null,
    running: [],
    earlier: [],
  };
}

function newPerson(key: string, form: UserForm): NewPerson {
  return { ...form, key, ownDisplayName: false, ownLocal: false, onDeleted: "ask", refusal: null };
}

/** The person after a change of the form: names that follow others do so, and what was refused there is forgotten. */
export function changed(person: NewPerson, part: Partial<NewPerson>): NewPerson {
  const next = { ...person, ...part };
  if (part.displayName !== undefined) next.ownDisplayName = part.displayName !== "";
  if (!next.ownDisplayName) next.displayName = `${next.givenName.trim()} ${next.surname.trim()}`.trim();
  if (part.local !== undefined && part.ownLocal === undefined) next.ownLocal = part.local !== "";
  if (upnOf(next) !== upnOf(person)) next.onDeleted = part.onDeleted ?? "ask";
  if (person.refusal !== null && part.refusal === undefined) next.refusal = null;
  return next;
}

/** One more person, who keeps the domain, the location and the licenses of the one before. */
export function withAnother(draft: NewUsersDraft): NewUsersDraft {
  const before = draft.people.at(-1);
  if (before === undefined) return draft;
  const key = String(Math.max(...draft.people.map((person) => Number(person.key))) + 1);
  const form = { ...emptyForm(before), licenses: before.licenses };
  return { ...draft, people: [...draft.people, newPerson(key, form)], at: draft.people.length, step: "info" };
}

/** The people without one of them; the last one stays. */
export function takenAway(draft: NewUsersDraft, key: string): NewUsersDraft {
  if (draft.people.length === 1) return draft;
  const shown = draft.people[draft.at]?.key;
  const people = draft.people.filter((person) => person.key !== key);
  const at = people.findIndex((person) => person.key === shown);
  return { ...draft, people, at: at < 0 ? people.length - 1 : at };
}

/** The person's username if nobody else of the list has it, else the same with the next number that nobody there has. */
export function freeInList(local: string, person: NewPerson, people: NewPerson[]): string {
  const taken = new Set(people.filter(({ key }) => key !== person.key).map((other) => upnOf(other).toLowerCase()));
  const named = (number: number) => (number === 1 ? local : `${local}${number}`);
  let number = 1;
  while (taken.has(upnOf({ ...person, local: named(number) }).toLowerCase())) number += 1;
  return named(number);
}

/** Another person of the list with the same username. */
export function namesake(person: NewPerson, people: NewPerson[]): NewPerson | undefined {
  const name = upnOf(person).toLowerCase();
  return people.find((other) => other.key !== person.key && upnOf(other).toLowerCase() === name);
}

/** The user that the form asks for, without the fields that are empty. `licenses` are those chosen, as a request names them. */
export function userInputOf(person: NewPerson, licenses: UserInput["licenses"]): UserInput {
  const permission = permissionOf(person);
  const texts = Object.entries({
    givenName: person.givenName,
    surname: person.surname,
    usageLocation: person.usageLocation,
    ...Object.fromEntries(moreFields.map((field) => [field, person.more[field] ?? ""])),
  }).map(([field, text]) => [field, text.trim()]);
  return {
    userPrincipalName: upnOf(person),
    displayName: person.displayName.trim(),
    ...Object.fromEntries(texts.filter(([, text]) => text !== "")),
    ...(!person.accountEnabled && { accountEnabled: false }),
    ...(permission !== "user" && { permission }),
    ...(licenses !== undefined && licenses.length > 0 && { licenses }),
  };
}

/** The people by what is to be done about deleted users, because that is said of a whole batch. */
export function byOnDeleted(people: NewPerson[]): { onDeleted: NewPerson["onDeleted"]; people: NewPerson[] }[] {
  const restored = people.filter(({ onDeleted }) => onDeleted === "restore");
  const others = people.filter(({ onDeleted }) => onDeleted !== "restore");
  const mayCreate = others.some(({ onDeleted }) => onDeleted === "create");
  return [
    { onDeleted: mayCreate ? ("create" as const) : ("ask" as const), people: others },
    { onDeleted: "restore" as const, people: restored },
  ].filter((group) => group.people.length > 0);
}

/** The form with those whom the server refused, each with the reason at its field; all others are made. */
export function mended(draft: NewUsersDraft, refusals: Map<string, FormRefusal>): NewUsersDraft {
  const people = draft.people.flatMap((person) => {
    const refusal = refusals.get(person.key);
    // The name that was refused stays, with the reason beside it, and no other one is suggested over it.
    return refusal === undefined ? [] : [{ ...person, refusal, ownLocal: true }];
  });
  const earlier = [...draft.earlier, ...draft.running.map(({ batchId }) => batchId)];
  const step = stepOf(people[0]?.refusal.field ?? null);
  return { people, at: 0, step, running: [], unanswered: null, earlier };
}

/** What a new user holds: nothing yet. */
export const newHoldings = holdingsOf({ licenses: [] });

/** The products with the seats that are left once these drafts have taken theirs. */
export function lessTaken(products: Product[], drafts: LicenseDraft[]): Product[] {
  return products.map((product) => {
    const takes = (draft: LicenseDraft) => productLines([product], newHoldings, draft).some(({ needed }) => needed > 0);
    return { ...product, available: product.available - drafts.filter(takes).length };
  });
}

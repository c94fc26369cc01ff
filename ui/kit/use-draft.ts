import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { DraftOf, KeptDraft } from "../client/draft-store.ts";
import { drafts } from "../client/drafts.ts";
import { meQuery } from "../client/me-query.ts";

/** What stands in a form, and what was left in it earlier. */
export type FormDraft<Value> = {
  value: Value;
  set: (part: Partial<Value>) => void;
  /** Whether something stands in it that is not sent. */
  isDirty: () => boolean;
  /** When this form was left half filled in another tab or on another day; null where it was not, or once that is answered. */
  leftAt: Date | null;
  takeUp: () => void;
  throwAway: () => void;
  /** Empties the form, because it was sent or given up. */
  clear: () => void;
};

/** A draft as those see it who keep it and ask about it, whatever its fields are. */
export type KeptForm = Omit<FormDraft<never>, "value" | "set">;

/**
 * Keeps what is typed into a form in this browser, for this agent, until it is sent: a reload, a restart of the server and
 * the end of the session leave it as it is, and a closed tab is asked about on return. Never kept are the values named in
 * `secret`, such as passwords.
 */
export function useDraft<Value extends object>(
  form: string,
  empty: Value,
  secret: readonly (keyof Value)[] = [],
): FormDraft<Value> {
  const me = useQuery(meQuery);
  const of: DraftOf = { agentId: me.data?.id ?? "", form };
  const [left, setLeft] = useState<KeptDraft | null>(() => drafts.left(of));
  const [value, setValue] = useState<Value>(() => merge(empty, drafts.own(of)));
  const latest = useRef({ value, dirty: drafts.own(of) !== null });
  const become = (next: Value, dirty: boolean) => {
    latest.current = { value: next, dirty };
    setValue(next);
    if (dirty) drafts.keep(of, withoutSecrets(next, secret));
    else drafts.forget(of);
  };
  const answerLeft = () => {
    if (left !== null) drafts.forget(of, left.tab);
    setLeft(null);
  };
  return {
    value,
    set: (part) => become({ ...latest.current.value, ...part }, true),
    isDirty: () => latest.current.dirty,
    leftAt: left === null ? null : new Date(left.at),
    takeUp: () => {
      become(merge(empty, left), true);
      answerLeft();
    },
    throwAway: answerLeft,
    clear: () => become(empty, false),
  };
}

function merge<Value extends object>(empty: Value, kept: KeptDraft | null): Value {
  return kept === null ? empty : { ...empty, ...(kept.value as Partial<Value>) };
}

function withoutSecrets<Value extends object>(value: Value, secret: readonly (keyof Value)[]): Partial<Value> {
  const kept: Partial<Value> = { ...value };
  for (const key of secret) delete kept[key];
  return kept;
}

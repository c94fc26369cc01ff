/** What was typed into a form and not sent, as a browser keeps it. */
export type KeptDraft = { at: number; tab: string; value: unknown };

/** The part of a browser's storage that drafts need. */
export type DraftPlace = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(at: number): string | null;
  readonly length: number;
};

/** Whose draft it is, and of which form; a form about a customer names it, such as `new-user 4711`. */
export type DraftOf = { agentId: string; form: string };

/** Drafts of a browser. */
export type DraftStore = ReturnType<typeof makeDraftStore>;

const prefix = "muster-draft";
const keptMs = 7 * 24 * 3_600_000;

/**
 * Keeps drafts in `place` for seven days, one for each tab that has the form open, so that no tab writes over what stands
 * in another.
 */
export function makeDraftStore(place: DraftPlace, tab: string, now: () => number) {
  const keys = () => Array.from({ length: place.length }, (_, at) => place.key(at) ?? "");
  const read = (key: string): KeptDraft | null => {
    try {
      const kept = JSON.parse(place.getItem(key) ?? "null") as KeptDraft | null;
      if (kept !== null && now() - kept.at < keptMs) return kept;
    } catch {
      // What cannot be read is of no use to anybody.
    }
    place.removeItem(key);
    return null;
  };
  const readAll = (begin: string) =>
    keys()
      .filter((key) => key.startsWith(begin))
      .map(read)
      .filter((kept) => kept !== null);
  /** The drafts of all other tabs, most often closed ones; the latest first. */
  const others = (of: DraftOf): KeptDraft[] =>
    readAll(keyOf(of, ""))
      .filter((kept) => kept.tab !== tab)
      .sort((one, other) => other.at - one.at);
  return {
    /** The draft of this tab, which a reload brings back. */
    own: (of: DraftOf): KeptDraft | null => read(keyOf(of, tab)),
    others,
    /** The latest draft of any other tab. */
    left: (of: DraftOf): KeptDraft | null => others(of)[0] ?? null,
    /** What all drafts of this browser hold, whoever's they are; those that are too old are forgotten on the way. */
    values: (): unknown[] => readAll(`${prefix} `).map(({ value }) => value),
    keep: (of: DraftOf, value: unknown): void => {
      try {
        place.setItem(keyOf(of, tab), JSON.stringify({ at: now(), tab, value } satisfies KeptDraft));
      } catch {
        // A browser that keeps nothing still has what stands on the page.
      }
    },
    forget: (of: DraftOf, ofTab = tab): void => place.removeItem(keyOf(of, ofTab)),
    /** Forgets every draft, because the agent signs out. */
    forgetAll: (): void => {
      for (const key of keys()) if (key.startsWith(`${prefix} `)) place.removeItem(key);
    },
  };
}

function keyOf({ agentId, form }: DraftOf, ofTab: string): string {
  return `${prefix} ${agentId} ${form} ${ofTab}`;
}

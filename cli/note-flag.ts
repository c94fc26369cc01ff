/** The option of a command that answers a question for approval. */
export const noteFlag = { note: { takes: "TEXT", about: "why, for whoever asked; it stands in the audit" } } as const;

/** What was given for it, as requests take it. */
export function noteOf({ note }: { note: string | undefined }): { note?: string } {
  return note === undefined ? {} : { note };
}

/** A cursor with any value in the place of ours. */
export function packPlace(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

import { unreachable } from "../contract/request-failed.ts";

/** No answer of Muster's that is held as a whole comes near. */
const mostBytes = 64 * 1024 * 1024;

/** The text that `pieces` make. @throws RequestFailed `unreachable` where there is no end of them, or they break off */
export async function readWhole(pieces: AsyncIterable<Uint8Array> | null): Promise<string> {
  const whole: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of pieces ?? []) {
      bytes += piece.length;
      if (bytes > mostBytes) break;
      whole.push(piece);
    }
  } catch {
    throw unreachable();
  }
  if (bytes > mostBytes) throw unreachable();
  return Buffer.concat(whole).toString("utf8");
}

import { Writable } from "node:stream";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { asFault } from "./faults.ts";

const BUFFER_BYTES = 64 * 1024;

/**
 * Opens a `copy … from stdin` on this connection: what is written becomes its input, `finish` comes once Postgres has taken all of it, and destroying it
 * before that leaves no row. Its errors are faults.
 */
export function copyIn(client: PoolClient, text: string): Writable {
  // Used alone, the stream of pg-copy-streams throws out of reach when its connection dies or Postgres refuses a row while
  // more is buffered, and it never closes after an error; so it gets one piece at a time and is left alone once it has failed.
  const copy = client.query(copyFrom(text));
  let failed = false;
  const input = new Writable({
    highWaterMark: BUFFER_BYTES,
    write: (chunk: Buffer, _encoding, done) => void copy.write(chunk, done),
    writev: (chunks, done) => void copy.write(Buffer.concat(chunks.map(({ chunk }: { chunk: Buffer }) => chunk)), done),
    final(done) {
      copy.once("finish", () => done());
      copy.end();
    },
    destroy(error, done) {
      if (failed || copy.writableFinished) return done(error);
      copy.once("close", () => done(error));
      // Its words would go to Postgres, and the caller's error may hold a person's name.
      copy.destroy(new Error("the writer stopped"));
    },
  });
  copy.on("error", (error) => {
    failed = true;
    input.destroy(asFault(error));
  });
  return input;
}

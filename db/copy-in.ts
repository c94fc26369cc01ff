import { Query, type Connection, type PoolClient } from "pg";
import { asFault } from "./faults.ts";

/** Bytes of one message: as many as Postgres has at hand in its fast caches. */
const messageBytes = 64 * 1024;

/**
 * Runs a `copy … from stdin` whose lines are at hand, in text format. It is sent in one piece, without waiting until
 * Postgres asks for the lines, so that what comes after it is under way as well. `limit`: ms until the answer, where it
 * is not the connection's.
 */
export async function copyIn(
  client: PoolClient,
  text: string,
  lines: Buffer,
  limit: { query_timeout?: number } = {},
): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      const query = new CopyQuery(text, lines, (error) => (error ? fail(error) : done()));
      client.query(Object.assign(query, limit));
    });
  } catch (error) {
    throw asFault(error);
  }
}

class CopyQuery extends Query {
  readonly #copyText: string;
  readonly #lines: Buffer;

  constructor(text: string, lines: Buffer, done: (error: Error | null) => void) {
    super({ text }, done);
    this.#copyText = text;
    this.#lines = lines;
  }

  override submit = (connection: Connection): void => {
    const { stream } = connection;
    stream.cork();
    try {
      connection.query(this.#copyText);
      for (let from = 0; from < this.#lines.length; from += messageBytes) {
        const piece = this.#lines.subarray(from, from + messageBytes);
        stream.write(copyDataHead(piece.length));
        stream.write(piece);
      }
      stream.write(copyDone);
    } finally {
      stream.uncork();
    }
  };

  /** Postgres asks for the lines: they are on their way. */
  handleCopyInResponse(): void {}
}

const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);

/** The head of a message of the protocol that holds `length` bytes of lines. */
function copyDataHead(length: number): Buffer {
  const head = Buffer.allocUnsafe(5);
  head[0] = 0x64;
  head.writeInt32BE(length + 4, 1);
  return head;
}

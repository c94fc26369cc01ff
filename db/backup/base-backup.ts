import { Readable } from "node:stream";
import { Client, Query } from "pg";
import { asFault } from "../faults.ts";
import { socketOf } from "../open-pool.ts";

/** What says in a message of a base backup that the rest of it is data. */
const dataMark = 0x64;

/**
 * The data of the Postgres at `url` as one tar file, which it makes of itself while others read and write: with the part of
 * its log that brings all of it to one moment, so that a Postgres starts from it by itself.
 */
export async function baseBackup(url: string): Promise<Readable> {
  const replicating = new URL(url);
  replicating.searchParams.set("replication", "true");
  const client = new Client({ connectionString: replicating.href, application_name: "muster backup" });
  client.on("error", () => {});
  await client.connect();
  const socket = socketOf(client);
  // It holds back the log from where the backup begins, and goes with this connection.
  await client.query(`CREATE_REPLICATION_SLOT muster_backup_${process.pid} TEMPORARY PHYSICAL (RESERVE_WAL)`);
  const data = new Readable({
    read: () => void socket.resume(),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  const query = new BackupQuery((piece) => {
    if (!data.push(piece)) socket.pause();
  });
  query.ended.then(
    () => data.push(null),
    (error: unknown) => data.destroy(asFault(error)),
  );
  client.query(query);
  return data;
}

class BackupQuery extends Query {
  readonly ended: Promise<void>;
  readonly #take: (piece: Buffer) => void;

  constructor(take: (piece: Buffer) => void) {
    const { promise, resolve, reject } = withResolvers();
    const text = "BASE_BACKUP (LABEL 'muster', CHECKPOINT 'fast', WAL, MANIFEST 'no')";
    super({ text }, (error: Error | null | undefined) => (error ? reject(error) : resolve()));
    this.ended = promise;
    this.#take = take;
  }

  /** The client calls it for each message of the backup, whose memory it then uses again. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (chunk[0] === dataMark) this.#take(Buffer.from(chunk.subarray(1)));
  }
}

function withResolvers() {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
}

import { Client, Query } from "pg";
import { expect, test } from "vitest";
import { asFault } from "../../db/faults.ts";

const socket = "db/in-transaction.ts and db/copy-in.ts hold back what goes to its socket, to send it in one write";
const copies = "db/copy-in.ts sends a copy and its lines without waiting to be asked for them";

const backups = "db/backup/base-backup.ts takes what Postgres sends of itself";

/** The functions inside of pg that db/ leans on, which pg does not document, and who leans on each. */
const innerParts: Record<string, string> = {
  "client.connection.stream.cork": socket,
  "client.connection.stream.uncork": socket,
  "client.connection.stream.write": copies,
  "client.connection.stream.destroy": "db/open-pool.ts and db/listen.ts break off a connection that has gone silent",
  "client.connection.query": copies,
  "client.connection.stream.pause": `${backups}, no faster than it is written`,
  "client.connection.stream.resume": `${backups}, no faster than it is written`,
  "query.handleCopyData": `${backups}, by one of its own that the client calls`,
  "query.submit": `${copies}, by a submit of its own that the client calls`,
  "query.handleCopyInResponse": `${copies}, by one of its own that the client calls when Postgres asks`,
};

/** What a pg no longer has, in sentences for whoever wants to take that version. */
function missingParts(pg: { client: object; query: object }): string[] {
  return Object.entries(innerParts)
    .filter(([path]) => typeof partAt(pg, path.split(".")) !== "function")
    .map(([path, use]) => `This version of pg has no function ${path}: ${use}. Change that first.`);
}

test("pg has the inner parts that copies and transactions lean on", () => {
  expect(missingParts({ client: new Client(), query: new Query({ text: "" }) })).toEqual([]);
});

test.each(Object.keys(innerParts))("a pg without %s is found, and who needs it is named", (path) => {
  const pg = without({ client: new Client(), query: new Query({ text: "" }) }, path.split("."));
  expect(missingParts(pg)).toEqual([expect.stringContaining(`no function ${path}: db/`)]);
});

test("pg sends the statements of a pipeline without waiting for answers, where it is told to", () => {
  expect(new Client({ pipeline: true })).toMatchObject({ pipeline: true });
});

test("pg keeps the time limit of one statement, and of a query made by hand, and what it says then is a lost connection", async () => {
  const limit = { query_timeout: 1 };
  const byText = new Client().query({ text: "select 1", ...limit });
  const byHand = new Promise((done, fail) => {
    const query = new Query({ text: "select 1" }, (error: Error | null | undefined) =>
      error ? fail(error) : done(null),
    );
    new Client().query(Object.assign(query, limit));
  });
  for (const asked of [byText, byHand]) {
    const error = await asked.then(
      () => null,
      (thrown: unknown) => asFault(thrown),
    );
    expect(error).toMatchObject({ name: "TransientFault", sqlstate: "08006" });
  }
});

function partAt(whole: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], whole);
}

/** The whole as it would be without the part at `path`. */
function without<Whole extends object>(whole: Whole, [name = "", ...rest]: readonly string[]): Whole {
  const part = (whole as Record<string, unknown>)[name];
  const value = rest.length === 0 ? undefined : without(part as object, rest);
  return Object.create(whole, { [name]: { value } }) as Whole;
}

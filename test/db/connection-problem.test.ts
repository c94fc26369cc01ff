import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { assertServerVersion } from "../../db/assert-server-version.ts";
import { connectionProblem, faultProblem } from "../../db/connection-problem.ts";
import { DatabaseFault, TransientFault } from "../../db/faults.ts";

const url = "postgres://muster:the-secret@db.internal/muster";
const coded = (code: string, message = "what the driver says", more: object = {}) =>
  Object.assign(new Error(message), { code, ...more });

test.each([
  [coded("DEPTH_ZERO_SELF_SIGNED_CERT"), /^DATABASE_URL leads to db.internal:5432, whose certificate is not trusted/],
  [coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), /whose certificate is not trusted/],
  [coded("ERR_TLS_CERT_ALTNAME_INVALID"), /whose certificate is not trusted, or is of another host/],
  [coded("ERR_SSL_WRONG_VERSION_NUMBER"), /^DATABASE_URL asks for TLS, and none comes about with db.internal:5432/],
  [new Error("timeout expired"), /^DATABASE_URL leads to db.internal:5432, where no Postgres answers/],
  [coded("EHOSTUNREACH"), /where no Postgres answers/],
  [new Error("Connection terminated unexpectedly"), /where no Postgres answers/],
  [
    coded("28000", 'no pg_hba.conf entry for host "10.0.0.9", user "muster", database "muster", no encryption'),
    /^DATABASE_URL is refused by db.internal:5432, whose pg_hba.conf/,
  ],
  [coded("28000", 'role "muster" is not permitted to log in'), /^DATABASE_URL is refused by Postgres: user "muster"/],
  [
    coded("42704", "unrecognized configuration parameter", { severity: "FATAL" }),
    /^DATABASE_URL leads to a Postgres that refuses what is needed \(42704\)/,
  ],
  [
    coded("57P03", "the database system is starting up", { severity: "FATAL" }),
    /^DATABASE_URL leads to a Postgres that cannot be reached or is not ready \(57P03\)/,
  ],
  [
    new Error("SASL: Last message was not SASLResponse"),
    /^DATABASE_URL leads to .*, and no connection comes about: SASL/,
  ],
])("what keeps from connecting is a sentence that names the setting: %s", (error, sentence) => {
  const told = connectionProblem(error, url, "DATABASE_URL").message;
  expect(told).toMatch(sentence);
  expect(told).not.toContain("the-secret");
});

function about(fault: unknown): string {
  return faultProblem(fault, "DATABASE_OWNER_URL").message;
}

test("a fault after that names the setting too, and what is a sentence already stays one", () => {
  expect(about(new DatabaseFault("42501"))).toMatch(/^DATABASE_OWNER_URL names a role that lacks a right .*\(42501\)/);
  expect(about(new TransientFault("08006"))).toMatch(/^DATABASE_OWNER_URL .* is not ready \(08006\)/);
  expect(about(new Error("One sentence."))).toBe("One sentence.");
});

test("a server that takes a connection and says nothing, or something else, is no Postgres", async () => {
  for (const answer of [null, "-ERR unknown command\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"]) {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      if (answer !== null) socket.end(answer);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expect(assertServerVersion(`postgres://muster:the-secret@127.0.0.1:${port}/muster`)).rejects.toThrow(
      `DATABASE_URL leads to 127.0.0.1:${port}, where no Postgres answers`,
    );
    server.close();
  }
});

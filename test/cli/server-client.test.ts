import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, inject, it } from "vitest";
import { openFile, type OpenFile } from "../../cli/open-file.ts";
import { postFile } from "../../cli/post-file.ts";
import { withinTime } from "../../cli/within-time.ts";
import { serverClient, type ServerClient } from "../../cli/server-client.ts";
import { exampleBatch } from "../../contract/examples/example-batch.ts";
import { eventually } from "../support/eventually.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server that answers as the test says, as any of those that may stand between a command and a Muster. */
async function serve(act: (req: IncomingMessage, res: ServerResponse) => void): Promise<string> {
  const server = createServer(act);
  server.on("checkContinue", act);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function reach(server: string, patienceMs = 10_000, silenceMs = 10_000): ServerClient {
  return serverClient({ server, key: "key" }, new AbortController().signal, { patienceMs, silenceMs });
}

/** A file of `size` zero bytes, which takes no room on the disk. */
async function sparseFile(size: number): Promise<OpenFile> {
  const path = join(await mkdtemp(join(inject("scratch"), "sparse-")), "large.csv");
  const made = await open(path, "w");
  await made.truncate(size);
  await made.close();
  const file = await openFile(path, process.stdin);
  closers.push(() => file.handle.close());
  return file;
}

function post(server: string, file: OpenFile, onSent: (bytes: number) => void = () => {}) {
  const sent = { headers: {}, stop: new AbortController().signal, onSent };
  return postFile(`${server}/upload`, { ...file, head: Buffer.from("<"), tail: Buffer.from(">") }, sent);
}

it("a file is sent no faster than the server takes it", async () => {
  const size = 200 * 1024 * 1024;
  let sent = 0;
  let taken = 0;
  let upload: IncomingMessage | undefined;
  const server = await serve((req, res) => {
    res.writeContinue();
    upload = req;
    req.once("end", () => res.writeHead(201).end("{}"));
  });
  const posted = post(server, await sparseFile(size), (bytes) => (sent = bytes));
  let before = 0;
  // Nobody reads yet: what is on its way is what the connection holds.
  await eventually(() => {
    const rests = sent > 0 && sent === before;
    before = sent;
    return rests;
  });
  expect(sent).toBeLessThan(size / 4);
  upload?.on("data", (bytes: Buffer) => (taken += bytes.length));
  expect(await posted).toMatchObject({ status: 201 });
  expect({ sent, taken }).toEqual({ sent: size, taken: size + 2 });
});

it("a refusal by the head alone comes before a byte of the file is sent", async () => {
  let sent = 0;
  const server = await serve((_req, res) => res.writeHead(413, { connection: "close" }).end("{}"));
  const answer = await post(server, await sparseFile(1024 * 1024), (bytes) => (sent = bytes));
  expect({ status: answer.status, sent }).toEqual({ status: 413, sent: 0 });
});

it("a proxy that knows nothing of waiting for the file gets it all the same", async () => {
  let taken = 0;
  const server = await serve((req, res) => {
    req.on("data", (bytes: Buffer) => (taken += bytes.length)).once("end", () => res.writeHead(201).end("{}"));
  });
  expect(await post(server, await sparseFile(1_000))).toMatchObject({ status: 201 });
  expect(taken).toBe(1_002);
});

it("a file that has become shorter is not sent as if it were whole", async () => {
  const server = await serve((req, res) => {
    res.writeContinue();
    req.resume();
  });
  const { handle } = await sparseFile(1_000);
  await expect(post(server, { handle, size: 2_000 })).rejects.toMatchObject({ exitCode: 2 });
});

it("a request is sent again while a server starts, under the same idempotency key", async () => {
  const keys: unknown[] = [];
  const server = await serve((req, res) => {
    keys.push(req.headers["idempotency-key"]);
    if (keys.length === 1) res.writeHead(503).end();
    else if (keys.length === 2) req.socket.destroy();
    else if (keys.length === 3) {
      const problem = { type: "about:blank", title: "", status: 409, code: "idempotency_in_flight", detail: "" };
      res.writeHead(409, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
    } else res.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify(exampleBatch));
  });
  const answer = await reach(server).call("applyBatch", { params: { batchId: randomUUID() }, body: {} });
  expect(answer.no).toBe(exampleBatch.no);
  expect(keys).toHaveLength(4);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[\w-]{16,}$/);
});

it("a server that breaks off and stays away is given up after a while", async () => {
  let asked = 0;
  const server = await serve((req, res) => {
    asked += 1;
    if (asked === 1) res.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
    else req.socket.destroy();
  });
  const { call } = reach(server, 1_000);
  await call("getReadiness", {});
  await expect(call("getReadiness", {})).rejects.toMatchObject({ problem: { code: "unreachable", status: 0 } });
  expect(asked).toBeGreaterThan(2);
});

it("a redirect does not take the key to another place", async () => {
  const elsewhere: unknown[] = [];
  const other = await serve((req, res) => {
    elsewhere.push(req.headers.authorization);
    res.end();
  });
  const server = await serve((_req, res) => res.writeHead(307, { location: `${other}/readyz` }).end());
  await expect(reach(server).call("getReadiness", {})).rejects.toMatchObject({
    problem: { code: "unreachable", status: 307 },
  });
  expect(elsewhere).toEqual([]);
});

it.each([
  ["never answers", () => {}],
  ["never ends its answer", (_req, res) => res.writeHead(200, { "content-type": "application/json" }).write("{")],
] as [string, Parameters<typeof serve>[0]][])("a server that %s is given up after a while", async (_what, act) => {
  const { call } = reach(await serve(act), 100, 300);
  await expect(call("getReadiness", {})).rejects.toMatchObject({ problem: { code: "unreachable", status: 0 } });
});

it("a time-out holds through garbage collections", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const stop = new AbortController().signal;
  const waited = withinTime(300, stop, () => new Promise(() => {}));
  const timer = setInterval(collect, 20);
  await expect(waited.finally(() => clearInterval(timer))).rejects.toThrow(/abort/i);
});

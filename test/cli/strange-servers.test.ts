import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleBatch } from "../../contract/examples/example-batch.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { importFixture, type ImportFixture } from "../support/run-import.ts";

type Listener = ReturnType<typeof createTcp>;
type Act = (req: IncomingMessage, res: ServerResponse) => void;

let app: TestApp;
let fixture: ImportFixture;
const servers: { close(): unknown }[] = [];
beforeAll(async () => {
  app = await startApp();
  fixture = await importFixture({ MUSTER_API_KEY: app.key });
});
afterAll(async () => {
  for (const server of servers) server.close();
  await app.close();
});

async function listen(server: Listener): Promise<string> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
  (text: string): Act =>
  (_req, res) =>
    void res.writeHead(200, { "content-type": "application/json" }).end(text);
const tcp = (greet: (write: (text: string) => void, end: () => void) => void) =>
  createTcp((socket) => {
    socket.on("error", () => {});
    greet(
      (text) => socket.write(text),
      () => socket.destroy(),
    );
  });
const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

const strangers: [string, () => Listener][] = [
  ["closes at once", () => tcp((_write, end) => end())],
  ["closes after a word of its own", () => tcp((write, end) => (write("SSH-2.0-OpenSSH_9.2\r\n"), end()))],
  [
    "tells of more than it sends",
    () => tcp((write, end) => (write(`${head}Content-Length: 999\r\n\r\n{"items":[`), end())),
  ],
  ["ends its JSON in the middle", () => createServer(json('{"items":[{"id":"'))],
  ["answers JSON of another program", () => createServer(json('{"hello":"world"}'))],
  ["answers null", () => createServer(json("null"))],
  ["answers a list", () => createServer(json("[]"))],
  ["answers nothing, as JSON", () => createServer(json(""))],
  ["answers HTML under a JSON type", () => createServer(json("<h1>It works</h1>"))],
  ["answers JSON under another type", () => createServer((_req, res) => void res.end('{"items":[],"next":null}'))],
  ["answers with no content", () => createServer((_req, res) => void res.writeHead(204).end())],
  ["leads on and on", () => createServer((req, res) => void res.writeHead(302, { location: `${req.url}/` }).end())],
  ["has one page after the other", () => createServer(json('{"items":[],"next":"more"}'))],
  ["refuses in HTML", () => createServer((_req, res) => void res.writeHead(403).end("<h1>Forbidden</h1>"))],
  ["refuses in JSON of its own", () => createServer((_req, res) => void res.writeHead(404).end('{"error":"nope"}'))],
];

describe("a server that is no Muster ends the command with 4 and a sentence:", () => {
  it.each(strangers)("one that %s", async (_what, make) => {
    await fixture.put("far.csv", "Email\nana\n");
    const server = await listen(make());
    const args = ["far.csv", "--customer", "contoso.example", "--operation", "create-users", "--server", server];
    const { code, out, err } = await fixture.run(args);
    expect([code, out]).toEqual([4, ""]);
    expect(err).toMatch(/^[^\n]+ (?:cannot be reached|answers with status \d+, but not as a Muster)[^\n]*\n$/);
  });
});

const page: Act = (_req, res) => void res.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>");

/** A proxy before the app that answers by `act` from the first request to `method` and `path` on. */
async function strangeFrom(method: string, path: RegExp, act: Act): Promise<string> {
  let turned = false;
  return await listen(
    createServer((req, res) => {
      turned ||= req.method === method && path.test(req.url ?? "");
      void answer(req, res, turned ? act : null);
    }),
  );
}

async function answer(req: IncomingMessage, res: ServerResponse, act: Act | null): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece as Buffer);
  if (act !== null) return act(req, res);
  const { authorization = "", "content-type": type = "", "if-match": version } = req.headers;
  const got = await fetch(`${app.url}${req.url}`, {
    method: req.method ?? "GET",
    headers: {
      authorization,
      ...(type === "" ? {} : { "content-type": type }),
      ...(version === undefined ? {} : { "if-match": version }),
    },
    ...(pieces.length === 0 ? {} : { body: Buffer.concat(pieces) }),
  });
  res.writeHead(got.status, { "content-type": got.headers.get("content-type") ?? "" }).end(await got.text());
}

describe("a Muster that turns into something else ends the command with 4:", () => {
  const another = json(JSON.stringify({ ...exampleBatch, state: "on its way" }));
  it.each([
    ["at the upload, by a page", "POST", /uploads/, page],
    ["at the upload, by half a batch", "POST", /uploads/, (_req, res) => void res.writeHead(201).end('{"id":')],
    ["at the plan", "GET", /batches\/[\w-]+$/, json("{}")],
    ["at the start", "POST", /apply/, page],
    ["at the start, by a batch of another kind", "POST", /apply/, another],
    ["at the failed rows", "GET", /failed\.csv/, page],
  ] as [string, string, RegExp, Act][])("%s", async (_what, method, path, act) => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("turned.csv", `Display name,Email\nAna,ana@${domain}\nBo,@@\n`);
    const server = await strangeFrom(method, path, act);
    const args = [
      "turned.csv",
      "--customer",
      id,
      "--operation",
      "create-users",
      "--apply",
      "--json",
      "--server",
      server,
    ];
    const { code, out, err } = await fixture.run(args);
    expect([code, JSON.parse(out)]).toMatchObject([4, { exitCode: 4, problem: { code: "unreachable" } }]);
    expect(err).not.toMatch(/TypeError|SyntaxError|undefined|\bat .*\.js:/);
  });
});

import { setImmediate } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMultipart } from "../../api/uploads/multipart.ts";
import type { Batch } from "../../contract/batch.ts";
import type { ProblemDocument } from "../../contract/problem-document.ts";
import { eventually } from "../support/eventually.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { type RawRequest, sendRaw } from "../support/raw-request.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp({ workers: false, uploadStallMs: 2_000, maxUploadMb: 1 });
  customer = await app.makeCustomer();
});
afterAll(() => app.close());

const query = "?operation=create-users";
const path = (more = query) => `/v1/customers/${customer.id}/uploads${more}`;
const people = (count: number) =>
  `Display name,Email\n${Array.from({ length: count }, (_, at) => `P ${at},p${at}@${customer.domain}\n`).join("")}`;

async function batchesNow(): Promise<{ state: string; stoppedCode: string | null }[]> {
  return await app.db.sql<{ state: string; stoppedCode: string | null }[]>`
    select state, stopped_code as "stoppedCode" from batches where customer_id = ${customer.id}`;
}

function raw(headers: string[], body: string | Uint8Array = ""): Promise<RawRequest> {
  const head = [`POST ${path()} HTTP/1.1`, `Authorization: Bearer ${app.key}`, "Content-Type: text/csv", ...headers];
  return sendRaw(app.url, head, body);
}

async function sendForm(parts: [string, string | Blob, string?][]): Promise<Response> {
  const form = new FormData();
  for (const [name, value, fileName] of parts) {
    if (typeof value === "string") form.append(name, value);
    else form.append(name, value, fileName);
  }
  const headers = { authorization: `Bearer ${app.key}` };
  return await fetch(`${app.url}${path("")}`, { method: "POST", body: form, headers });
}

describe("a file", () => {
  it("as the bare body is planned", async () => {
    const batch = await app.upload(customer.id, people(3), "&fileName=people.csv");
    expect(batch).toMatchObject({ state: "ready", fileName: "people.csv", plan: { create: 3 } });
  });

  it("in a form, with options before it, is planned by them", async () => {
    const options = JSON.stringify({ operation: "create-users", usageLocation: "DE", onDeleted: "create" });
    const answer = await sendForm([
      ["options", options],
      ["file", new Blob([people(2)]), "Köche.csv"],
    ]);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toMatch(/^\/v1\/batches\//);
    expect(await answer.json()).toMatchObject({
      fileName: "Köche.csv",
      options: { usageLocation: "DE", onDeleted: "create", onExisting: "skip" },
    });
  });

  it("whose name no text may be is refused for that, however the name comes", async () => {
    const told = { code: "body_invalid", detail: expect.stringContaining("NUL") as string };
    expect((await app.refused(path(`${query}&fileName=%00`), { csv: people(1) })).body).toMatchObject(told);
    const answer = await sendForm([
      ["options", JSON.stringify({ operation: "create-users", fileName: "a\0b" })],
      ["file", new Blob([people(1)])],
    ]);
    expect(await answer.json()).toMatchObject(told);
  });

  it("in a form, that is refused while more of it comes, is answered and brings nothing else down", async () => {
    const wide = `${"Column,".repeat(3_000)}\n${"cell,".repeat(180_000)}\n`;
    const answer = await sendForm([
      ["options", JSON.stringify({ operation: "create-users" })],
      ["file", new Blob([wide]), "wide.csv"],
    ]);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "too_many_columns" });
    expect((await app.request("/healthz")).status).toBe(200);
  });

  it("in a form whose options are too long is refused for that", async () => {
    const options = JSON.stringify({ operation: "create-users", mapping: { [`C${"o".repeat(70_000)}`]: "email" } });
    const answer = await sendForm([
      ["options", options],
      ["file", new Blob([people(1)]), "people.csv"],
    ]);
    expect(await answer.json()).toMatchObject({
      code: "body_invalid",
      detail: expect.stringContaining("64 KB") as string,
    });
  });

  it.each([
    ["the file is no longer read", 1],
    ["a second file comes that nobody reads", 2],
  ])("in a form that ends before its last boundary, while %s, brings nothing else down", async (_when, files) => {
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nDisplay name\r\n';
    async function* body() {
      yield Buffer.from(part.repeat(files));
      await setImmediate();
    }
    const { bytes } = await openMultipart({ "content-type": "multipart/form-data; boundary=b" }, body());
    const reader = bytes[Symbol.asyncIterator]();
    const loose: unknown[] = [];
    const note = (error: unknown) => loose.push(error);
    process.prependListener("uncaughtException", note);
    // The second file is refused here as one too many.
    await reader.next().catch(() => undefined);
    await reader.return?.();
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    process.off("uncaughtException", note);
    expect(loose).toEqual([]);
  });

  it("sent without an end known in advance is planned", async () => {
    const bytes = new TextEncoder().encode(people(500));
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    expect((await app.request<Batch>(path(), { csv: stream })).body.plan.create).toBe(500);
  });

  it("with apply=true starts at once", async () => {
    const batch = await app.upload(customer.id, people(1), "&apply=true");
    expect(batch.state).toBe("running");
  });
});

describe("what is no spreadsheet", () => {
  it.each([
    ["nothing", "", "upload_empty"],
    ["blank lines", "\r\n\r\n", "upload_empty"],
    ["a header alone", "Display name,Email\n", "upload_header_only"],
    ["JSON", '[{"displayName":"A"}]', "upload_json"],
    ["a zip", gzipSync("x".repeat(1000)), "upload_not_text"],
    ["zeros", new Uint8Array(64), "upload_not_text"],
    ["a cell without an end", 'Display name,Email\n"Ann,ann@x.example\n', "upload_truncated"],
    ["words nobody knows", "alpha,beta\n1,2\n", "header_unrecognised"],
  ])("%s is refused as such", async (_what, csv, code) => {
    const answer = await app.refused(path(), { csv });
    expect(answer.body.code).toBe(code);
    expect(answer.body.detail.length).toBeGreaterThan(20);
  });

  it("a JSON content type is refused by what the body is", async () => {
    const answer = await app.refused(path(), { csv: "{}", headers: { "content-type": "application/json" } });
    expect(answer.body.code).toBe("upload_json");
  });

  it("a form of the old kind is refused with the way to do it", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await app.refused(path(), { csv: "a=b", headers })).body.code).toBe("media_type_unsupported");
  });
});

describe("options", () => {
  it.each(["", "?operation=eat-users", `${query}&onExisting=perhaps`, `${query}&colour=red`, `${query}&apply=maybe`])(
    "that are wrong are refused: %s",
    async (wrong) => {
      expect((await app.refused(path(wrong), { csv: people(1) })).body.code).toBe("body_invalid");
    },
  );

  it("after the file come too late, and nothing of it stays", async () => {
    const before = await batchesNow();
    const answer = await sendForm([
      ["file", new Blob([people(2)]), "a.csv"],
      ["options", JSON.stringify({ operation: "create-users" })],
    ]);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as ProblemDocument).code).toBe("body_invalid");
    expect((await batchesNow()).length).toBeLessThanOrEqual(before.length);
  });

  it.each([
    ["no file", [["options", "{}"]]],
    [
      "two files",
      [
        ["options", '{"operation":"create-users"}'],
        ["file", new Blob(["a"]), "a"],
        ["file", new Blob(["b"]), "b"],
      ],
    ],
    ["a part nobody knows", [["picture", new Blob(["a"]), "a.png"]]],
    [
      "options that are no JSON",
      [
        ["options", "{"],
        ["file", new Blob(["a,b"]), "a.csv"],
      ],
    ],
  ] as [string, [string, string | Blob, string?][]][])("a form with %s is refused", async (_what, parts) => {
    const answer = await sendForm(parts);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as ProblemDocument).code).toBe("body_invalid");
  });
});

describe("too much", () => {
  it("by its own word is refused before a byte is read", async () => {
    const request = await raw([`Content-Length: ${2 * 1024 * 1024}`, "Expect: 100-continue"]);
    expect(await request.answer()).toEqual({ status: 413, code: "body_too_large" });
    expect(request.received()).not.toContain("100 Continue");
    request.socket.destroy();
  });

  it("without a word is refused when it gets there", async () => {
    const block = new TextEncoder().encode("A,a@b.example\n".repeat(10_000));
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 20) controller.close();
        else controller.enqueue(sent === 1 ? new TextEncoder().encode("Display name,Email\n") : block);
      },
    });
    const answer = await app.refused(path(), { csv: stream });
    expect(answer.status).toBe(413);
    expect(answer.body.code).toBe("body_too_large");
  });
});

describe("a connection", () => {
  it("that falls silent is answered, and the batch says why it stopped", async () => {
    const request = await raw(["Content-Length: 100000"], people(2000));
    expect(await request.answer()).toEqual({ status: 408, code: "upload_stalled" });
    request.socket.destroy();
    await eventually(async () => (await batchesNow()).every(({ state }) => state !== "staging"));
    expect((await batchesNow()).map(({ stoppedCode }) => stoppedCode)).toContain("upload_stalled");
  });

  it("that is slow but alive may take its time", async () => {
    // Longer in all than it may be silent.
    const text = people(100);
    const request = await raw([`Content-Length: ${text.length}`]);
    for (const piece of text.match(/[^]{1,80}/g) ?? []) {
      request.socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect((await request.answer()).status).toBe(201);
    request.socket.destroy();
  });

  it.each([
    ["in a bare body", ["Content-Length: 100000"], () => people(2000)],
    [
      "in a chunked body",
      ["Transfer-Encoding: chunked"],
      () => `${people(900).length.toString(16)}\r\n${people(900)}\r\n`,
    ],
  ])("that breaks %s leaves no row, and no batch but one that says so", async (_how, headers, body) => {
    const request = await raw(headers, body());
    await eventually(() => request.socket.bytesWritten > 10_000);
    request.socket.destroy();
    await eventually(async () => {
      const states = await batchesNow();
      return (
        states.every(({ state }) => state !== "staging") &&
        states.some(({ stoppedCode }) => stoppedCode === "upload_interrupted")
      );
    });
    const [rows] = await app.db.sql<{ count: number }[]>`
      select count(*)::int as count from rows join batches on batches.id = rows.batch_id where batches.state = 'rejected'`;
    expect(rows?.count).toBe(0);
  });

  it("that breaks in a form frees the agent's place", async () => {
    const boundary = "----b";
    const start = `--${boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n{"operation":"create-users"}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`;
    for (let times = 0; times < 3; times += 1) {
      const head = [
        `POST ${path("")} HTTP/1.1`,
        `Authorization: Bearer ${app.key}`,
        `Content-Type: multipart/form-data; boundary=${boundary}`,
        "Content-Length: 500000",
      ];
      const request = await sendRaw(app.url, head, start + people(100));
      await eventually(() => request.socket.bytesWritten > 2_000);
      request.socket.destroy();
    }
    const next = await eventually(async () => {
      const answer = await app.request(path(), { csv: people(1) });
      return answer.status === 201 && answer;
    });
    expect(next).toMatchObject({ status: 201 });
  });
});

it("of three uploads at a time one is asked to wait", async () => {
  const three = await Promise.all([1, 2, 3].map(() => raw(["Content-Length: 100000"], people(1))));
  // Silence would end the two that run before the third one is refused.
  const dribble = setInterval(() => three.forEach(({ socket }) => socket.write("x")), 100);
  const refused = await Promise.race(three.map((request) => request.answer()));
  expect(refused).toEqual({ status: 429, code: "uploads_busy" });
  expect(three.filter((request) => request.received() === "")).toHaveLength(2);
  clearInterval(dribble);
  for (const { socket } of three) socket.destroy();
  await eventually(async () => (await app.request(path(), { csv: people(1) })).status === 201);
});

it("whose column may block sign-in or allow it waits for an answer, though it was to be applied at once", async () => {
  const label = "Do not block sign in [accountEnabled]";
  const csv = `Display name,Email,"${label}"\nPriya,priya@${customer.domain},Yes\n`;
  const asked = await app.request<Batch>(path(`${query}&apply=true`), { csv });
  expect(asked.body.state).toBe("ready");
  const mapping = encodeURIComponent(JSON.stringify({ [label]: "signInBlocked" }));
  const told = await app.request<Batch>(path(`${query}&apply=true&mapping=${mapping}`), { csv });
  expect(told.body.state).toBe("running");
});

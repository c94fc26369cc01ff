import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { newId } from "../../db/new-id.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
const proxies: Server[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) proxy.close();
  await app.close();
});

/** A proxy that adds where a request came from, as all do; `from` stands for the caller's own address. */
async function proxyFor(target: string, from: string): Promise<string> {
  const server = createServer((req, res) => {
    const before = req.headers["x-forwarded-for"];
    const headers = { ...req.headers, "x-forwarded-for": before === undefined ? from : `${String(before)}, ${from}` };
    const onward = ask(`${target}${req.url ?? ""}`, { method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(onward);
  });
  proxies.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function guess(at: string, headers: Record<string, string> = {}): Promise<number> {
  const { status } = await fetch(`${at}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ email: `${newId()}@partner.example`, password: "wrong horse battery" }),
  });
  return status;
}

async function exhaust(at: string, headers?: Record<string, string>): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < 11; count += 1) statuses.push(await guess(at, headers));
  return statuses;
}

describe("behind proxies that are trusted", () => {
  it.each([
    ["by their addresses", "127.0.0.0/8, 10.0.0.5"],
    ["by their number", 2],
  ])("named %s, whoever guesses passwords locks out nobody else", async (_how, trustedProxies) => {
    app = await startApp({ workers: false, trustedProxies });
    // Another machine's proxy stands before the one on this machine, which alone would be believed unasked.
    const inner = await proxyFor(app.url, "10.0.0.5");
    const [mallory, alice] = await Promise.all([proxyFor(inner, "203.0.113.7"), proxyFor(inner, "203.0.113.8")]);
    expect((await exhaust(mallory)).at(-1)).toBe(429);
    expect(await guess(alice)).toBe(401);
    // What a caller claims stands in front of what the proxy says, and counts for nothing.
    expect(await guess(mallory, { "x-forwarded-for": "198.51.100.1" })).toBe(429);
  });
});

describe("without a trusted proxy", () => {
  it.each([
    ["of another network", "10.0.0.0/8"],
    ["that there are none of", 0],
  ])("%s, nobody gets more guesses by claiming to come from elsewhere", async (_who, trustedProxies) => {
    app = await startApp({ workers: false, trustedProxies });
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1)
      statuses.push(await guess(app.url, { "x-forwarded-for": `198.51.100.${count}` }));
    expect(statuses.at(-1)).toBe(429);
  });
});

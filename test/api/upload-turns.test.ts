import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { bodyChunks } from "../../api/uploads/body-chunks.ts";

const bytes = 4 * 1024 * 1024;

test("between two pieces of a large body whoever else waits has a turn", async () => {
  const turns: number[] = [];
  const server = createServer((req, res) => {
    let turn = 0;
    let next = setImmediate(function tick() {
      turn++;
      next = setImmediate(tick);
    });
    const read = async () => {
      for await (const _ of bodyChunks(req, { maxBytes: bytes, stallMs: 10_000 })) turns.push(turn);
    };
    void read().finally(() => {
      clearImmediate(next);
      res.end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;

  // In one write, so that the whole body lies ready for who reads on and on.
  await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: Buffer.alloc(bytes) });
  server.close();

  expect(turns.length).toBeGreaterThan(10);
  expect(new Set(turns).size).toBe(turns.length);
});

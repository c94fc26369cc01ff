import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { postMessage } from "../../worker/webhooks/post-message.ts";
import { AddressRefused, publicLookup } from "../../worker/webhooks/public-lookup.ts";

const post = (address: string, networks: string[] = [], limits?: { answerMs: number }) =>
  postMessage({ address, headers: {}, body: "{}" }, networks, limits);

const lookUp = (options: object, networks: string[]) =>
  new Promise<unknown>((done) =>
    publicLookup(networks)("localhost", options, (error, address) => done(error ?? address)),
  );

test.each([
  ["http://localhost:9/", "a name that leads to this machine"],
  ["http://127.0.0.1:9/", "this machine"],
  ["http://[::1]:9/", "this machine"],
  ["http://10.0.0.1:9/", "the own network"],
  ["http://[fd00::1]:9/", "the own network"],
  ["http://[::ffff:10.0.0.1]:9/", "the own network, written as IPv6"],
  ["http://169.254.169.254/latest", "what tells the secrets of most clouds"],
  ["http://100.100.100.200/latest", "the same of Alibaba's"],
  ["http://168.63.129.16/machine", "the same of Azure's, by a public number"],
  ["http://[::ffff:168.63.129.16]/machine", "the same, written as IPv6"],
])("%s is not connected to: it is %s", async (address) => {
  expect(await post(address)).toEqual({ status: null, fault: "address_refused" });
});

test("a name is refused however it is looked up, unless its network is let through", async () => {
  for (const options of [{}, { all: true }, { family: 4 }]) {
    expect(await lookUp(options, [])).toBeInstanceOf(AddressRefused);
  }
  expect(await lookUp({ family: 4 }, ["127.0.0.0/8"])).toBe("127.0.0.1");
  expect(await lookUp({ family: 4, all: true }, ["127.0.0.1"])).toEqual([{ address: "127.0.0.1", family: 4 }]);
});

test("a receiver that does not answer in time is given up for this time", async () => {
  const server = createServer(() => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await post(address, ["127.0.0.1"], { answerMs: 100 })).toEqual({ status: null, fault: "timeout" });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

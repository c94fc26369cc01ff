import { hostname } from "node:os";
import { expect, test } from "vitest";
import { ownOrigin, sendsCookiesInTheClear } from "../../api/http/own-origin.ts";

type Asked = Parameters<typeof ownOrigin>[0];

const origin = (host: string | undefined, publicUrl: string | null = null, localAddress = "10.0.0.5") =>
  ownOrigin({ protocol: "http", headers: { host }, socket: { localAddress, localPort: 3000 } } as unknown as Asked, {
    publicUrl,
    host: "0.0.0.0",
  });

test.each([
  ["evil.example"],
  ["evil.example:3000"],
  ["localhost.evil.example"],
  ["127.0.0.1.evil.example"],
  ["user@evil.example"],
  ["localhost@evil.example"],
  ["10.0.0.6:3000"],
  ["evil.example/#"],
  ["evil.example\\@localhost"],
  [""],
  [undefined],
])("a link never follows the Host %j", (host) => {
  expect(origin(host)).toBe("http://10.0.0.5:3000");
});

test("a link keeps a name of this machine, and the port that a proxy on it has", () => {
  expect(origin("localhost:8080")).toBe("http://localhost:8080");
  expect(origin("127.0.0.1:3000")).toBe("http://127.0.0.1:3000");
  expect(origin("[::1]:3000")).toBe("http://[::1]:3000");
  expect(origin("10.0.0.5:3000")).toBe("http://10.0.0.5:3000");
  expect(origin(`${hostname()}:3000`)).toBe(`http://${hostname().toLowerCase()}:3000`);
  expect(origin("evil.example", null, "::ffff:192.168.1.9")).toBe("http://192.168.1.9:3000");
  expect(origin("evil.example", null, "fd00::9")).toBe("http://[fd00::9]:3000");
});

test("the public address wins over whatever a caller says", () => {
  expect(origin("evil.example", "https://muster.internal/")).toBe("https://muster.internal");
});

test.each([
  ["127.0.0.1", null, false],
  ["localhost", null, false],
  ["::1", null, false],
  ["0.0.0.0", null, true],
  ["::", null, true],
  ["10.0.0.5", null, true],
  ["0.0.0.0", "https://muster.internal", false],
  ["127.0.0.1", "http://muster.internal", true],
])("a Muster at %s with the public address %j: cookies can be read on their way: %j", (host, publicUrl, told) => {
  expect(sendsCookiesInTheClear({ host, publicUrl })).toBe(told);
});

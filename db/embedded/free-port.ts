import { createServer } from "node:net";

/** A port of 127.0.0.1 that nobody listens on at this moment. @throws Error where the machine gives none. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => probe.once("error", fail).listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("This machine gave no free port on 127.0.0.1.");
  return address.port;
}

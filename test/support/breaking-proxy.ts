import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** How a connection breaks: before its request is whole, or with the answer on its way. */
type Break = { afterBytes: number } | { atAnswer: true };

/** A proxy in front of a server, whose connections can be made to break. */
export type BreakingProxy = {
  url: string;
  /** Breaks the connection of the next request whose method is `method`. */
  breakNext(method: string, how: Break): void;
  /** Connections that were broken so far. */
  broken(): number;
  /** Breaks all connections and takes no more. */
  close(): Promise<void>;
};

/** Starts a proxy in front of `url`. */
export async function startBreakingProxy(url: string): Promise<BreakingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const planned: { method: string; how: Break }[] = [];
  let broken = 0;

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let sent = 0;
    let how: Break | undefined;
    const end = () => {
      for (const socket of [near, far]) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    const breakNow = () => {
      broken += 1;
      near.resetAndDestroy();
      end();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    near.on("data", (bytes: Buffer) => {
      // A connection carries one request after the other.
      const at = planned.findIndex(({ method }) => bytes.toString("latin1").startsWith(`${method} `));
      if (at !== -1) {
        how = planned.splice(at, 1)[0]?.how;
        sent = 0;
      }
      sent += bytes.length;
      if (how !== undefined && "afterBytes" in how && sent > how.afterBytes) breakNow();
      else if (!far.write(bytes)) {
        near.pause();
        far.once("drain", () => near.resume());
      }
    });
    far.on("data", (bytes: Buffer) => {
      const goesOn = bytes.toString("latin1").startsWith("HTTP/1.1 100");
      if (how !== undefined && "atAnswer" in how && !goesOn) breakNow();
      else near.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakNext: (method, how) => void planned.push({ method, how }),
    broken: () => broken,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

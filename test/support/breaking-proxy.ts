import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** How a connection breaks: before its request is whole, or with the answer on its way. */
type Break = { afterBytes: number } | { atAnswer: true };

/** A proxy in front of a server, whose connections can be made to break or to go silent. */
export type BreakingProxy = {
  /** The address of the server, by way of the proxy. */
  url: string;
  /** Breaks the connection of the next request whose method is `method`. */
  breakNext(method: string, how: Break): void;
  /** Connections that were broken so far. */
  broken(): number;
  /**
   * From now on swallows all bytes of all connections, new ones too, both ways: neither side hears anything, not even
   * that the other has hung up.
   */
  goSilent(): void;
  /** New connections come through again; those that went silent stay so. */
  comeBack(): void;
  /** Breaks all connections and takes no more. */
  close(): Promise<void>;
};

/** Starts a proxy in front of `url`, which may be of any protocol over TCP. */
export async function startBreakingProxy(url: string): Promise<BreakingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const planned: { method: string; how: Break }[] = [];
  let broken = 0;
  let silence = new AbortController();

  const server = createServer({ allowHalfOpen: true }, (near) => {
    const { signal } = silence;
    const far = connect(Number(target.port), target.hostname);
    let sent = 0;
    let how: Break | undefined;
    const end = () => {
      if (signal.aborted) return;
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
      socket.on("error", end).on("end", end).on("close", end);
    }
    near.on("data", (bytes: Buffer) => {
      if (signal.aborted) return;
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
      if (signal.aborted) return;
      const goesOn = bytes.toString("latin1").startsWith("HTTP/1.1 100");
      if (how !== undefined && "atAnswer" in how && !goesOn) breakNow();
      else near.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = new URL(url);
  own.hostname = "127.0.0.1";
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href.replace(/\/$/, ""),
    breakNext: (method, how) => void planned.push({ method, how }),
    broken: () => broken,
    goSilent: () => silence.abort(),
    comeBack() {
      silence = new AbortController();
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

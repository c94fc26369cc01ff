import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A proxy in front of Postgres that can lose the answer to a commit, so that nobody knows whether it happened. */
export type CommitLosingProxy = {
  /** The address of the same database, through the proxy. */
  urlOf(url: string): string;
  /** Breaks the connection that sends the next commit, once Postgres has answered it. */
  loseNextCommit(): void;
  /** Answers that were lost so far. */
  lost(): number;
  close(): Promise<void>;
};

/** `commit` as a message of Postgres' protocol: Q, the length of what follows, the text and a zero. */
const commit = Buffer.from("Q\0\0\0\u000bcommit\0", "latin1");

/** Starts the proxy in front of the server of `url`. */
export async function startCommitLosingProxy(url: string): Promise<CommitLosingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let armed = false;
  let lost = 0;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let losing = false;
    const end = () => {
      for (const socket of [near, far]) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    near.on("data", (bytes: Buffer) => {
      if (armed && bytes.includes(commit)) {
        armed = false;
        losing = true;
      }
      far.write(bytes);
    });
    far.on("data", (bytes: Buffer) => {
      if (!losing) near.write(bytes);
      else {
        lost += 1;
        end();
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    urlOf(through) {
      const own = new URL(through);
      own.hostname = "127.0.0.1";
      own.port = String(port);
      return own.href;
    },
    loseNextCommit() {
      armed = true;
    },
    lost: () => lost,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

import { EventEmitter } from "node:events";
import { connect, type Socket } from "node:net";

/** A request written by hand on a socket, to do what no honest client does. */
export type RawRequest = {
  socket: Socket;
  /** Everything that the server has sent. */
  received(): string;
  /** The answer, once it is there: its status and JSON body. */
  answer(): Promise<{ status: number; code: string }>;
};

/** Opens a socket to `url` and sends the head of a request, with `body` right behind it. */
export async function sendRaw(url: string, head: string[], body: string | Uint8Array = ""): Promise<RawRequest> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  const arrivals = new EventEmitter();
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    arrivals.emit("more");
  });
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  socket.write(`${[...head, `Host: ${hostname}:${port}`].join("\r\n")}\r\n\r\n`);
  socket.write(body);
  return {
    socket,
    received: () => text,
    answer: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = /HTTP\/1\.1 ([2-5]\d\d)[^]*?content-length: (\d+)\r\n(?:[^]*?\r\n)?\r\n([^]*)/i.exec(text);
          if (found === null || Buffer.byteLength(found[3] ?? "") < Number(found[2])) return;
          resolve({ status: Number(found[1]), code: (JSON.parse(found[3] ?? "") as { code: string }).code });
        };
        socket.once("close", () => reject(new Error(`the connection closed after: ${text.slice(0, 200)}`)));
        arrivals.on("more", look);
        look();
      }),
  };
}

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Batch, batchSchema } from "../contract/batch.ts";
import { refusalOf, RequestFailed, unreachable } from "../contract/request-failed.ts";
import { routeAddress } from "../contract/route-address.ts";
import type { OpenFile } from "./open-file.ts";
import { postFile } from "./post-file.ts";
import type { ServerClient } from "./server-client.ts";
import type { SendOptions } from "./read-arguments.ts";

const mostTries = 2;
const busyMs = 2_000;
/** Planning a million rows takes about a minute. */
const inFlightMs = 5 * 60_000;

/**
 * Sends a file for a customer and gives the planned batch. A sending that broke off is done once more, under the same
 * idempotency key, so that no second batch comes of it. `onSent` hears the bytes on their way and of how many.
 * @throws RequestFailed, CommandFailed
 */
export async function sendFile(
  client: ServerClient,
  { file, customerId, options }: { file: OpenFile; customerId: string; options: SendOptions },
  onSent: (bytes: number, of: number) => void,
): Promise<Batch> {
  const { handle, size } = file;
  const boundary = randomUUID();
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n${JSON.stringify(options)}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const address = `${client.server}${routeAddress("createUpload", { params: { customerId } })}`;
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${client.key}`,
    "content-type": `multipart/form-data; boundary=${boundary}`,
    "idempotency-key": randomUUID(),
  };
  return await persist(client, async () => {
    const sent = { headers, stop: client.stop, onSent: (bytes: number) => onSent(bytes, size) };
    const { status, text } = await postFile(address, { handle, size, head, tail }, sent);
    if (status !== 201) throw refusalOf(status, text);
    const batch = readBatch(text);
    if (batch === undefined) throw unreachable(status);
    return batch;
  });
}

function readBatch(text: string): Batch | undefined {
  try {
    return batchSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function persist(client: ServerClient, post: () => Promise<Batch>): Promise<Batch> {
  const end = Date.now() + inFlightMs;
  for (let tries = 1; ;) {
    try {
      return await post();
    } catch (error) {
      client.stop.throwIfAborted();
      if (!(error instanceof RequestFailed)) throw error;
      const { code } = error.problem;
      const underWay = tries > 1 && code === "idempotency_in_flight" && Date.now() < end;
      if (underWay) await pause(busyMs, undefined, { signal: client.stop });
      else if (!brokeOff(error) || tries++ >= mostTries) throw error;
      // Comes back once the server is there again.
      else await client.call("getReadiness", {});
    }
  }
}

function brokeOff({ problem: { code, status } }: RequestFailed): boolean {
  return ["unreachable", "upload_interrupted", "upload_stalled"].includes(code) || [502, 503, 504].includes(status);
}

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import { refusalOf, RequestFailed, unreachable } from "../contract/request-failed.ts";
import type { OpenFile } from "./open-file.ts";
import { postFile } from "./post-file.ts";
import type { ServerClient } from "./server-client.ts";
import type { SendOptions } from "./read-arguments.ts";

const mostTries = 2;
const busyMs = 2_000;
/** Planning a million rows takes about a minute. */
const inFlightMs = 5 * 60_000;

/**
 * Sends a file to `address` and gives what the server has made of it, as `made` has it. A sending that broke off is done once
 * more, under the same idempotency key, so that nothing is made twice. `onSent` hears the bytes on their way and of how many.
 * @throws RequestFailed, CommandFailed
 */
export async function sendFile<Made>(
  client: ServerClient,
  { file, address, options, made }: { file: OpenFile; address: string; options: SendOptions; made: z.ZodType<Made> },
  onSent: (bytes: number, of: number) => void,
): Promise<Made> {
  const { handle, size } = file;
  const boundary = randomUUID();
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n${JSON.stringify(options)}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${client.key}`,
    "content-type": `multipart/form-data; boundary=${boundary}`,
    "idempotency-key": randomUUID(),
  };
  return await persist(client, async () => {
    const sent = { headers, stop: client.stop, onSent: (bytes: number) => onSent(bytes, size) };
    const { status, text } = await postFile(client.server + address, { handle, size, head, tail }, sent);
    if (status !== 201) throw refusalOf(status, text);
    const answer = made.safeParse(parsed(text));
    if (!answer.success) throw unreachable(status);
    return answer.data;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function persist<Made>(client: ServerClient, post: () => Promise<Made>): Promise<Made> {
  const end = performance.now() + inFlightMs;
  for (let tries = 1; ;) {
    try {
      return await post();
    } catch (error) {
      client.stop.throwIfAborted();
      if (!(error instanceof RequestFailed)) throw error;
      const { code } = error.problem;
      const underWay = tries > 1 && code === "idempotency_in_flight" && performance.now() < end;
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

import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Attempt, Posting } from "../../core/webhooks/carry-deliveries.ts";
import { AddressRefused, publicLookup, requirePublic } from "./public-lookup.ts";

const mostMs = 15_000;

/**
 * Posts a message and tells how that ended; to no address of the own network, unless it lies in `networks`. A redirect is an
 * answer like any other: it is not followed. `answerMs` is how long the receiver may take.
 */
export async function postMessage(
  { address, headers, body }: Pick<Posting, "address" | "headers" | "body">,
  networks: readonly string[],
  { answerMs = mostMs }: { answerMs?: number } = {},
): Promise<Attempt> {
  try {
    const status = await post(new URL(address), headers, body, { networks, answerMs });
    return { status, fault: status >= 200 && status < 300 ? null : "status" };
  } catch (error) {
    return { status: null, fault: faultOf(error) };
  }
}

async function post(
  address: URL,
  headers: Record<string, string>,
  body: string,
  { networks, answerMs }: { networks: readonly string[]; answerMs: number },
): Promise<number> {
  requirePublic(address, networks);
  const open = address.protocol === "https:" ? requestHttps : requestHttp;
  return await new Promise((done, failed) => {
    const posting = open(address, {
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "Muster",
      },
      agent: false,
      lookup: publicLookup(networks),
      signal: AbortSignal.timeout(answerMs),
    });
    posting.on("response", (answer) => {
      // What it says besides is nobody's to read, however long it is.
      answer.destroy();
      done(answer.statusCode ?? 0);
    });
    posting.on("error", failed);
    posting.end(body);
  });
}

function faultOf(error: unknown): "timeout" | "address_refused" | "unreachable" {
  if (error instanceof AddressRefused) return "address_refused";
  const { name } = error as Error;
  return name === "AbortError" || name === "TimeoutError" ? "timeout" : "unreachable";
}

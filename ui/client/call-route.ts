import {
  makeClient,
  type RouteAnswer,
  type RouteInput,
  type WireAnswer,
  type WireRequest,
} from "../../contract/client.ts";
import { refusalOf, RequestFailed, unreachable } from "../../contract/request-failed.ts";
import { type RouteName, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import { isPassing } from "./while-away.ts";
import { randomKey } from "./random-key.ts";
import { noteReached } from "./reach.ts";
import { sessionEnded } from "./session.ts";

/** In UTF-16 code units; browsers keep at most 64 kB alive. */
const keptAlive = 15_000;

const call = makeClient<AbortSignal>({ send, randomKey });

/**
 * Calls a route of the contract with the session's cookie and gives its answer. A refusal for want of a session ends
 * the one that the pages know.
 * @throws RequestFailed with the problem that the api answered, or `unreachable` where no answer came
 */
export async function callRoute<Name extends RouteName>(
  name: Name,
  input: RouteInput<Name, AbortSignal>,
): Promise<RouteAnswer<Name>> {
  try {
    return await call(name, input);
  } catch (error) {
    throw noticed(routes[name], error);
  }
}

/** The error for an answer that is not a success; one for want of a session ends the session that the pages know. */
export function refusal(route: Pick<Route, "authority">, status: number, text: string): RequestFailed {
  return noticed(route, refusalOf(status, text));
}

function noticed<Thrown>(route: Pick<Route, "authority">, error: Thrown): Thrown {
  const ended = error instanceof RequestFailed && error.problem.code === "unauthenticated";
  if (ended && route.authority !== "public") sessionEnded();
  return error;
}

async function send({ method, address, headers, body, signal }: WireRequest<AbortSignal>): Promise<WireAnswer> {
  const answer = await reach(address, {
    method,
    headers,
    credentials: "same-origin",
    ...(body === undefined ? {} : { body }),
    // What was typed last goes out also when the tab is closed on it.
    keepalive: method === "PATCH" && (body ?? "").length < keptAlive,
    ...(signal === undefined ? {} : { signal }),
  });
  return { status: answer.status, contentType: answer.headers.get("content-type"), text: await answer.text() };
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(address, init);
    noteReached(!isPassing(answer.status));
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    noteReached(false);
    throw unreachable();
  }
}

import type { Request as HttpRequest, Response as HttpResponse } from "express";
import { type Code, describeCode } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import { clientAddressHeader } from "./library-options.ts";
import type { SignIn } from "./sign-in.ts";

/**
 * Hands a request of ours to the sign-in library and writes its answer, refusals as problems of ours.
 * @throws Problem unauthenticated, cross_site, rate_limited, body_invalid, internal
 */
export async function bridgeSignIn(signIn: SignIn, req: HttpRequest, res: HttpResponse, body: unknown): Promise<void> {
  await sendAnswerOf(await askSignIn(signIn, req, req.originalUrl, body), res);
}

/** Writes an answer of the library as ours. */
export async function sendAnswerOf(answer: Response, res: HttpResponse): Promise<void> {
  copyCookies(answer, res);
  res
    .status(answer.status)
    .type(answer.headers.get("content-type") ?? "application/json")
    .send(await answer.text());
}

/**
 * Asks the sign-in library as if the request had come to `path` of `origin`, which is what the caller calls Muster unless told.
 * @throws Problem as `bridgeSignIn`
 */
export async function askSignIn(
  signIn: Pick<SignIn, "handle">,
  req: HttpRequest,
  path: string,
  body: unknown,
  { method = req.method, origin = `${req.protocol}://${req.headers.host ?? "localhost"}` } = {},
): Promise<Response> {
  const answer = await signIn.handle(
    new Request(`${origin}${path}`, {
      method,
      headers: headersOf(req, body),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  if (answer.status >= 400) throw await problemOf(answer);
  return answer;
}

/** A refusal of the library as a problem of ours; what it says of a fault of its own is for nobody. */
async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => null)) as { code?: unknown; message?: unknown } | null;
  if (body?.code === "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE") {
    return new Problem("unauthenticated", "Too many wrong codes. Begin again with the password.");
  }
  const code = codeOf(answer.status);
  if (code === "rate_limited") {
    const retryAfterSeconds = Number(answer.headers.get("x-retry-after")) || 60;
    const detail = `Too many tries from this address; try again in ${retryAfterSeconds} seconds.`;
    return new Problem(code, detail, { retryAfterSeconds });
  }
  const told = code !== "internal" && typeof body?.message === "string" ? body.message : describeCode(code).title;
  return new Problem(code, told);
}

/** The request's headers as the library reads them, with the caller's address as the api knows it. */
export function headersOf(req: HttpRequest, body?: unknown): Headers {
  const headers = new Headers();
  for (const name of ["cookie", "origin", "referer", "user-agent", "sec-fetch-site"]) {
    const value = req.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  if (body !== undefined) headers.set("content-type", "application/json");
  headers.set(clientAddressHeader, req.ip ?? "127.0.0.1");
  return headers;
}

/** Sets the library's cookies on our answer. */
export function copyCookies(from: Response, to: HttpResponse): void {
  for (const cookie of from.headers.getSetCookie()) to.append("Set-Cookie", cookie);
}

function codeOf(status: number): Code {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "cross_site";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return status < 500 ? "body_invalid" : "internal";
}

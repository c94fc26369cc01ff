import type { Express, Request, RequestHandler, Response } from "express";
import { type Code, describeCode } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import { type RouteName, routeNames, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import type { ApiContext } from "../api-context.ts";
import { openUpload } from "../uploads/incoming-upload.ts";
import { admit } from "./admit.ts";
import type { Call, Handlers, Read, Write } from "./call.ts";
import { lookUp } from "./look-up.ts";
import { parseInput } from "./parse-input.ts";
import { preferredWaitSeconds } from "./prefer-wait.ts";
import { readJson } from "./read-json.ts";
import { recordRefusal } from "./record-refusal.ts";
import { requireAuthority } from "./require-authority.ts";
import { runWrite } from "./run-write.ts";
import { sendAnswer } from "./send-answer.ts";
import { traceRequest } from "./trace-request.ts";

/** Mounts every route of the contract, and 405 for the other methods of their addresses. */
export function mountRoutes(app: Express, api: ApiContext, handlers: Handlers): void {
  const methods = new Map<string, string[]>();
  for (const name of routeNames) {
    const route: Route = routes[name];
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    app[route.method](path, answerRoute(name, route, api, handlers));
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, allowed] of methods) app.route(path).all(refuseMethod(allowed));
}

/** Answers what no route took. */
export const refuseAddress: RequestHandler = (req) => {
  throw new Problem("not_found", `There is nothing at ${req.path}`);
};

function answerRoute(name: RouteName, route: Route, api: ApiContext, handlers: Handlers): RequestHandler {
  const handler = handlers[name] as unknown as Read<RouteName> | Write<RouteName>;
  const answer: RequestHandler = async (req, res) => {
    res.locals["route"] = route.path;
    const caller = await admit(route, req, api);
    res.locals["actor"] = caller?.actor.id;
    try {
      const call = await readCall(route, req, res, api, caller);
      requireAuthority(route.authority, call);
      const { batchId, bundleId } = req.params;
      Object.assign(res.locals, { batchId, bundleId });
      const made = typeof handler === "function" ? await handler(call) : await runWrite(name, route, call, handler);
      await sendAnswer(res, made);
    } catch (error) {
      if (caller !== null) await recordRefusal(api.refusals, caller.actor, name, req.params, error);
      throw error;
    }
  };
  return (req, res, next) => traceRequest(req, res, route, () => answer(req, res, next));
}

async function readCall(
  route: Route,
  req: Request,
  res: Response,
  api: ApiContext,
  caller: Call<RouteName>["caller"],
): Promise<Call<RouteName>> {
  const params = route.params?.safeParse(req.params);
  if (params?.success === false) throw new Problem("not_found", describeCode("not_found").title);
  const finding = caller && lookUp(api.context, caller, route.authority, params?.data);
  const reading = route.body && readJson(req, res, { limitMb: route.bodyMb ?? 1, form: route.form === true });
  // Both are under way; a caller without a right to look is told so before anything about query and body.
  reading?.catch(() => {});
  const found = await finding;
  const query = route.query && parseInput(route.query, withoutNul(req.query), "query");
  const body = route.body && parseInput(route.body, await reading, "body");
  const limits = { maxBytes: api.settings.maxUploadMb * 1024 * 1024, stallMs: api.uploadStallMs };
  const upload = route.file && (await openUpload(req, res, limits));
  const options = route.options && parseInput(route.options, { ...req.query, ...upload?.options }, "options");
  const waitSeconds = preferredWaitSeconds(req);
  return {
    api,
    req,
    res,
    params: params?.data,
    query,
    body,
    upload,
    options,
    waitSeconds,
    ...(found ?? { caller }),
  } as Call<RouteName>;
}

/** Postgres takes no NUL in text, so one in a query can match nothing. */
function withoutNul(query: Request["query"]): Request["query"] {
  const code: Code = "body_invalid";
  if (JSON.stringify(query).includes("\\u0000")) throw new Problem(code, "The query holds a NUL character");
  return query;
}

function refuseMethod(allowed: string[]): RequestHandler {
  const methods = [...allowed, ...(allowed.includes("GET") ? ["HEAD"] : [])].join(", ");
  return (req, res) => {
    res.set("Allow", methods);
    throw new Problem("method_not_allowed", `${req.method} is not taken here, but ${methods}`);
  };
}

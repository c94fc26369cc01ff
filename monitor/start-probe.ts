import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Problem } from "../contract/problem.ts";
import { listenProblem } from "./listen-problem.ts";
import type { Monitor } from "./monitor.ts";

/** A server for those who watch a process, on a port of its own. */
export type Probe = { address: string; close(): Promise<void> };

/**
 * Answers `/healthz`, `/readyz` and `/metrics` of this process, to anybody who reaches the port; none of them tells of a person.
 * @throws Error of one sentence where the port is taken
 */
export async function startProbe(monitor: Monitor, host: string, port: number): Promise<Probe> {
  const server = createServer((req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return send(res, 405, { status: "method_not_allowed" });
    answer(monitor, req.url ?? "", res).catch(() => send(res, 500, { status: "internal" }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  }).catch((error: unknown) => {
    throw listenProblem(error as NodeJS.ErrnoException, { host, port, setting: "MUSTER_METRICS_PORT" });
  });
  const { address, port: opened, family } = server.address() as AddressInfo;
  return {
    address: `http://${family === "IPv6" ? `[${address}]` : address}:${opened}`,
    close: () => closeServer(server),
  };
}

async function answer(monitor: Monitor, url: string, res: ServerResponse): Promise<void> {
  switch (url.split("?")[0]) {
    case "/healthz":
      return send(res, 200, { status: "ok" });
    case "/readyz":
      if (!monitor.atWork) return send(res, 503, { status: "unavailable" });
      return await Promise.all(monitor.readiness.map((ready) => ready())).then(
        () => send(res, 200, { status: "ok" }),
        (error: unknown) => send(res, 503, { status: error instanceof Problem ? error.code : "unavailable" }),
      );
    case "/metrics":
      res.writeHead(200, { "content-type": monitor.contentType }).end(await monitor.print());
      return;
    case undefined:
    default:
      return send(res, 404, { status: "not_found" });
  }
}

function send(res: ServerResponse, status: number, body: { status: string }): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

import { hostname } from "node:os";
import type { Request } from "express";
import type { ApiContext } from "../api-context.ts";

/**
 * Where Muster itself is, such as `https://muster.internal`: `publicUrl`, or else the address that the request came to. What
 * a caller calls it in `Host` counts only where that is a name of this machine: neither a link nor a sign-in provider may lead elsewhere.
 */
export function ownOrigin(
  req: Pick<Request, "protocol" | "headers" | "socket">,
  { publicUrl, host }: Pick<ApiContext["settings"], "publicUrl" | "host">,
): string {
  if (publicUrl !== null) return new URL(publicUrl).origin;
  const { localAddress = "127.0.0.1", localPort = 80 } = req.socket;
  const reached = localAddress.replace(/^::ffff:/, "");
  const asked = `${req.protocol}://${req.headers.host ?? ""}`;
  const own = new Set(["localhost", "127.0.0.1", "[::1]", host, hostname().toLowerCase(), bracketed(reached)]);
  if (URL.canParse(asked) && own.has(new URL(asked).hostname)) return new URL(asked).origin;
  return `${req.protocol}://${bracketed(reached)}:${localPort}`;
}

/** Whether cookies of a Muster that listens at `host` can be read on their way: no TLS, and not on this machine alone. */
export function sendsCookiesInTheClear({
  publicUrl,
  host,
}: Pick<ApiContext["settings"], "publicUrl" | "host">): boolean {
  const { protocol, hostname: name } = new URL(publicUrl ?? `http://${bracketed(host)}`);
  return protocol !== "https:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(name);
}

function bracketed(address: string): string {
  return address.includes(":") && !address.startsWith("[") ? `[${address}]` : address;
}

import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Problem } from "../../contract/problem.ts";
import { documentOf } from "./problems.ts";

/**
 * Answers what Node's HTTP parser gives up on with the same problem document as everything else, and closes the
 * connection. Node's own answer would have neither code nor body.
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Where an answer has begun on this connection, a second one would become part of its body.
  const { _httpMessage: begun } = socket as { _httpMessage?: ServerResponse };
  if (error.code === "ECONNRESET" || !socket.writable || begun?.headersSent === true) {
    socket.destroy();
    return;
  }
  const document = documentOf(asUnreadable(error.code));
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
    "Content-Type: application/problem+json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function asUnreadable(code: string | undefined): Problem {
  if (code === "HPE_HEADER_OVERFLOW") {
    const advice = "long options go into the part options of a form";
    return new Problem("head_too_large", `Address and headers are larger than 16 kB together; ${advice}`);
  }
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") {
    return new Problem("body_too_large", "The extensions of the body's chunks are larger than 16 kB");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Problem("upload_stalled", "The head of the request did not come in time; send it again");
  }
  return new Problem("http_malformed", "What came is not HTTP; see what stands between you and Muster");
}

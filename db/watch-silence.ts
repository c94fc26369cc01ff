import type { Socket } from "node:net";
import { tellLostConnection } from "./lost-connections.ts";

/** Gives up the sockets of a driver that has no time-out of its own. */
export type SilenceWatch = {
  /** Watches a socket until it closes, and gives it back. */
  socket(socket: Socket): Socket;
  /** Waits for an answer that comes over one of the sockets. */
  answer<T>(answer: Promise<T>): Promise<T>;
  /** How many sockets are open, and how many answers are waited for. */
  count(): { open: number; asked: number };
  close(): void;
};

const CHECK_MS = 1_000;

/**
 * Makes a watch. Once somebody has waited `limitMs` for an answer, every socket that has heard nothing for as long is
 * destroyed; the driver then tells those who wait. Bytes are counted below TLS. 0 ms: none is ever given up.
 */
export function watchSilence(limitMs: number): SilenceWatch {
  const sockets = new Map<Socket, { bytes: number; heardAt: number }>();
  const waiting = new Set<{ since: number }>();

  function check(): void {
    const now = performance.now();
    for (const [socket, heard] of sockets) {
      if (socket.bytesRead !== heard.bytes) sockets.set(socket, { bytes: socket.bytesRead, heardAt: now });
    }
    const [longest] = waiting;
    if (longest === undefined || now - longest.since < limitMs) return;
    const silent = [...sockets].filter(([, { heardAt }]) => now - Math.max(heardAt, longest.since) >= limitMs);
    for (const [socket] of silent) socket.destroy(new SilentConnection());
    if (silent.length > 0) tellLostConnection();
  }

  const checking = limitMs === 0 ? undefined : setInterval(check, CHECK_MS).unref();
  return {
    socket(socket) {
      sockets.set(socket, { bytes: 0, heardAt: performance.now() });
      socket.once("close", () => sockets.delete(socket));
      return socket;
    },
    async answer(answer) {
      const wait = { since: performance.now() };
      waiting.add(wait);
      try {
        return await answer;
      } finally {
        waiting.delete(wait);
      }
    },
    count: () => ({ open: sockets.size, asked: waiting.size }),
    close() {
      clearInterval(checking);
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}

class SilentConnection extends Error {
  override name = "SilentConnection";
  readonly code = "ETIMEDOUT";

  constructor() {
    super("The connection has gone silent");
  }
}

import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import type { Stand } from "./stand.ts";

const makers = 10;
const betweenMs = 20;

/** Resolves as soon as half of the agents wait for an answer of the api of `client`. */
type UntilBusy = (client: Client) => Promise<void>;

/**
 * Has ten agents make one user after the other while `act` goes on. Each stays with its api until that lets no request in, and
 * asks the one of the stand then. @throws Error where a request that was let in was not answered as it ought to be.
 */
export async function underRequests(stand: Stand, act: (untilBusy: UntilBusy) => Promise<void>): Promise<void> {
  const { id, domain } = await stand.api.client.makeCustomer();
  const path = `/v1/customers/${id}/users`;
  const over = new AbortController();
  const asking = new Map<number, Client>();

  async function makeUsers(maker: number): Promise<void> {
    let { client } = stand.api;
    for (let no = 1; !over.signal.aborted; await pause(betweenMs)) {
      const json = { userPrincipalName: `guest.${maker}.${no}@${domain}`, displayName: `Guest ${maker}.${no}` };
      // A connection of its own for each request: one that is kept may be closed just as a request is sent into it.
      const headers = { prefer: "wait=50", connection: "close" };
      asking.set(maker, client);
      try {
        await client.ok(path, { json, headers });
        no += 1;
      } catch (error) {
        if (client === stand.api.client || !wasLeftOut(error)) throw error;
        client = stand.api.client;
      } finally {
        asking.delete(maker);
      }
    }
  }

  const making = Promise.all(Array.from({ length: makers }, (_, maker) => makeUsers(maker)));
  // Told at the end, after the processes are as they are to be.
  making.catch(() => {});
  const untilBusy: UntilBusy = (client) =>
    eventually(() => {
      const busy = [...asking.values()].filter((one) => one === client).length;
      if (busy < makers / 2) throw new Error(`${busy} of ${makers} requests are under way`);
    });
  await act(untilBusy).finally(() => over.abort());
  await making;
}

/** Whether nobody has read the request: nobody listened any more, or its connection was still in line when that ended. */
function wasLeftOut(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  // A connection from which all was read ends otherwise, without a reset.
  return code === "ECONNREFUSED" || code === "ECONNRESET";
}

import { setTimeout as pause } from "node:timers/promises";
import type { Stand } from "./stand.ts";

const betweenMs = 50;

/** Makes one user after the other while `act` goes on. @throws Error where a request was not answered as it ought to be. */
export async function underRequests(stand: Stand, act: () => Promise<void>): Promise<void> {
  const { id, domain } = await stand.api.client.makeCustomer();
  const path = `/v1/customers/${id}/users`;
  const over = new AbortController();

  async function makeUsers(): Promise<void> {
    for (let no = 1; !over.signal.aborted; no += 1, await pause(betweenMs)) {
      const json = { userPrincipalName: `guest.${no}@${domain}`, displayName: `Guest ${no}` };
      await stand.api.client.ok(path, { json, headers: { prefer: "wait=50" } });
    }
  }

  const making = makeUsers();
  // Told at the end, after the processes are as they are to be.
  making.catch(() => {});
  await act().finally(() => over.abort());
  await making;
}

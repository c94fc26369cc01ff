import { refusalOf, unreachable } from "../contract/request-failed.ts";
import type { ServerClient } from "./server-client.ts";

/** Opens the CSV that the server has at `address`, or makes of `body`. @throws RequestFailed also where it answers with something else */
export async function openServerCsv(
  client: Pick<ServerClient, "open">,
  address: string,
  body?: object,
): Promise<NonNullable<Response["body"]>> {
  const answer = await client.open(address, body);
  if (answer.status !== 200) throw refusalOf(answer.status, await answer.text().catch(() => ""));
  if (answer.headers.get("content-type")?.startsWith("text/csv") !== true || answer.body === null) {
    throw unreachable(answer.status);
  }
  return answer.body;
}

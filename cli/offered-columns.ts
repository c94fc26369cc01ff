import type { RouteAnswer } from "../contract/client.ts";
import type { FieldName } from "../contract/fields.ts";
import type { ServerClient } from "./server-client.ts";

/** A column that stands for no field, or for a wrong one, with the field that its values look like. */
export type OfferedColumn = { column: string; field: FieldName; reason: string };

/** What the server offers for the columns of a planned batch. @throws RequestFailed */
export async function offeredColumns({ call }: Pick<ServerClient, "call">, batchId: string): Promise<OfferedColumn[]> {
  const { items }: RouteAnswer<"listColumns"> = await call("listColumns", { params: { batchId } });
  return items.flatMap(({ column, guess }) => (guess === null ? [] : [{ column, ...guess }]));
}

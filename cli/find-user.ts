import { z } from "zod";
import type { User } from "../contract/user.ts";
import { wrongUsage } from "./exit-codes.ts";
import { findCustomer } from "./find-customer.ts";
import type { ServerClient } from "./server-client.ts";

/** A command about one user: the first operand is an id or a username, `customer` as `findCustomer` takes it. */
type AskedOfUser = {
  client: Pick<ServerClient, "call">;
  operands: readonly string[];
  flags: { customer: string | undefined };
};

/**
 * Finds a user by id or by username, among those who are not deleted unless told. The domain of a username says which
 * customer it is, where `customer` does not. @throws CommandFailed wrongUsage; RequestFailed
 */
export async function findUser(
  { client, operands: [who = ""], flags: { customer } }: AskedOfUser,
  state: User["state"] = "active",
): Promise<User> {
  const { id: customerId } = await customerOf(client, who, customer);
  if (z.uuid().safeParse(who).success) return await client.call("getUser", { params: { customerId, userId: who } });
  const { items } = await client.call("listUsers", { params: { customerId }, query: { q: who, state, limit: 500 } });
  const found = items.filter(({ userPrincipalName }) => userPrincipalName.toLowerCase() === who.toLowerCase());
  const [only, another] = found;
  const kind = state === "active" ? "user" : "deleted user";
  if (only === undefined) throw wrongUsage(`There is no ${kind} ${who}, or you may not see it.`);
  if (another !== undefined) throw wrongUsage(`${who} was the name of ${found.length} deleted users: give the id.`);
  return only;
}

/** Finds the customer that `customer` says, or else the domain of the username `who`. @throws as `findCustomer` */
export async function customerOf(client: Pick<ServerClient, "call">, who: string, customer: string | undefined) {
  const domain = who.split("@")[1];
  if (customer === undefined && domain === undefined) {
    throw wrongUsage(
      "Say at which customer: --customer with an id, a name or a domain. A username with its domain needs none.",
    );
  }
  return await findCustomer(client, customer ?? domain ?? "");
}

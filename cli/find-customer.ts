import { domainToASCII } from "node:url";
import { z } from "zod";
import type { Customer } from "../contract/customer.ts";
import { RequestFailed, unreachable } from "../contract/request-failed.ts";
import { wrongUsage } from "./exit-codes.ts";
import type { ServerClient } from "./server-client.ts";

const pageItems = 500;
const mostPages = 1_000;
const mostNamed = 5;

/**
 * Finds the customer that `who` says: by id, by exact name in any case, or by one of its domains.
 * @throws CommandFailed wrongUsage, with what was found instead; RequestFailed
 */
export async function findCustomer({ call }: Pick<ServerClient, "call">, who: string): Promise<Customer> {
  if (z.uuid().safeParse(who).success) {
    const found = await call("getCustomer", { params: { customerId: who } }).catch(noneWhereNotFound);
    if (found !== null) return found;
    throw wrongUsage(`No customer with the id ${who} is there, or you may not see it.`);
  }
  const near = await search(call, who.normalize("NFC"));
  const domain = domainToASCII(who.toLowerCase());
  // A domain belongs to one customer, names may come twice.
  const exact = near.filter(({ name }) => fold(name) === fold(who));
  const owner = near.filter((customer) => domain !== "" && customer.domains.some(({ name }) => name === domain));
  const found = [...new Map([...owner, ...exact].map((one) => [one.id, one])).values()];
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  if (only !== undefined)
    throw wrongUsage(`"${who}" stands for ${found.length} customers: ${list(found)}. Give the id.`);
  if (near.length === 0) throw wrongUsage(`No customer's name or domain holds "${who}", or you may not see it.`);
  throw wrongUsage(`No customer has the name or the domain "${who}". These come near: ${list(near)}.`);
}

/** All customers whose name or domain holds `who`, as given and as a domain is stored. */
async function search(call: ServerClient["call"], who: string): Promise<Customer[]> {
  const found: Customer[] = [];
  for (const q of new Set([who, domainToASCII(who.toLowerCase()) || who])) {
    const cursors = new Set<string>();
    for (let cursor: string | undefined; ;) {
      const page = await call("listCustomers", { query: { q, limit: pageItems, cursor } });
      found.push(...page.items);
      if (page.next === null) break;
      // Who leads in a circle, or on and on, is no Muster.
      if (cursors.has(page.next) || cursors.size === mostPages) throw unreachable(200);
      cursors.add((cursor = page.next));
    }
  }
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

function noneWhereNotFound(error: unknown): null {
  if (error instanceof RequestFailed && error.problem.code === "not_found") return null;
  throw error;
}

function fold(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

function list(customers: Customer[]): string {
  const named = customers.slice(0, mostNamed).map(({ id, name, domains }) => {
    return `${name} (${domains[0]?.name ?? "no domain"}, id ${id})`;
  });
  const more = customers.length - named.length;
  return `${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

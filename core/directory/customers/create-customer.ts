import type { Customer, NewCustomer } from "../../../contract/customer.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { grantToMakers } from "../../access/agents/grant-to-makers.ts";
import type { CoreContext } from "../../context.ts";
import { insertDomains } from "./insert-domains.ts";
import { normalDomain } from "./normal-domain.ts";
import { productsOfCatalog } from "./product-of.ts";
import { insertProducts } from "./insert-products.ts";
import { getCustomer } from "./read-customers.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Makes a customer with its domains, of which the first is the default one, and its products; who makes it may do
 * everything there for two years.
 * @throws Problem domain_invalid, domain_taken, body_invalid.
 */
export async function createCustomer(context: CoreContext, actor: Actor, request: NewCustomer): Promise<Customer> {
  const id = newId();
  const names = [...new Set(request.domains.map(normalDomain))];
  const products = await productsOfCatalog(context.db, request.products, (at) => `products.${at}.skuPartNumber`);
  await inTransaction(context.db.pool, async (tx) => {
    await tx.rows(sql`insert into customers (id, name) values (${id}, ${request.name})`);
    await insertDomains(tx, id, names);
    await insertProducts(tx, id, products);
    const after = { name: request.name, domains: names };
    await recordAct(tx, actor, { operation: "create_customer", customerId: id, after });
    await grantToMakers(tx, actor, id, context.now());
    await actor.recordResult?.(tx, id);
  });
  const customer = await getCustomer(context, id);
  if (customer === null) throw new Problem("not_found", "The customer was removed at once.");
  return customer;
}

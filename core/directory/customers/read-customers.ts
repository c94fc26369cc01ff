import type { Customer } from "../../../contract/customer.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { KnownProduct } from "../../../files/rows/row-input.ts";
import type { Authority } from "../../access/authority/authority.ts";
import { mayReadSql } from "../../access/authority/may-read-sql.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";

type CustomerRecord = { id: string; name: string; createdAt: Date; domains: Customer["domains"] };

/** A customer with all that reading rows about it takes: its products too, and the service plans that an import knows of them. */
export type CustomerFacts = Customer & { products: KnownProduct[] };

/** Gives a customer with its domains, or null where there is none. */
export async function getCustomer(context: CoreContext, customerId: string): Promise<Customer | null> {
  const { sql } = context.db;
  const [record] = await sql<CustomerRecord[]>`${selectCustomers(context)} where customers.id = ${customerId}`;
  return record === undefined ? null : customerView(record);
}

/** Gives a customer as `getCustomer` does, with its products. */
export async function getCustomerFacts(context: CoreContext, customerId: string): Promise<CustomerFacts | null> {
  const { sql } = context.db;
  const [record] = await sql<(CustomerRecord & Pick<CustomerFacts, "products">)[]>`
    ${selectCustomers(context, sql.unsafe(productsSql))} where customers.id = ${customerId}`;
  return record === undefined ? null : { ...customerView(record), products: record.products };
}

const productsSql = `,
  coalesce((select json_agg(json_build_object('skuId', sku_id, 'skuPartNumber', sku_part_number, 'name', name,
    'publisherAddress', publisher_address, 'servicePlans', coalesce((
      select json_agg(json_build_object('servicePlanId', service_plan_id, 'name', plan.name) order by plan.name)
      from catalog_plans plan where plan.sku_id = products.sku_id), '[]')))
    from products where customer_id = customers.id), '[]') as products`;

/** Gives a page of the customers that `authority` may see, by name. `q` is a part of a name or of a domain. */
export async function listCustomers(
  context: CoreContext,
  authority: Authority,
  filter: PageQuery & { q?: string | undefined },
): Promise<Page<Customer>> {
  const { sql } = context.db;
  const place = unpackCursor(filter.cursor, ["text", "id"]);
  const seen = mayReadSql(context, authority, sql`customers.id`, "partner");
  const where =
    filter.q === undefined || filter.q === ""
      ? seen
      : sql`${seen} and (position(lower(${filter.q}) in lower(customers.name)) > 0 or exists (
          select from domains where customer_id = customers.id and position(lower(${filter.q}) in name) > 0))`;
  const records = await sql<CustomerRecord[]>`${selectCustomers(context)}
    where ${where} ${place === null ? sql`` : sql`and (lower(customers.name), customers.id) > (${place[0] ?? ""}, ${place[1] ?? ""}::uuid)`}
    order by lower(customers.name), customers.id limit ${filter.limit + 1}`;
  const page = cutPage(records, filter.limit, (last) => [last.name.toLowerCase(), last.id]);
  const items = page.items.map(customerView);
  if (!filter.count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from customers where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

function selectCustomers(context: CoreContext, more = context.db.sql``) {
  return context.db.sql`
    select customers.id, customers.name, customers.created_at as "createdAt",
      coalesce((select json_agg(json_build_object('name', name, 'isDefault', is_default) order by not is_default, name)
        from domains where customer_id = customers.id), '[]') as domains ${more}
    from customers`;
}

function customerView(record: CustomerRecord): Customer {
  return { ...record, createdAt: record.createdAt.toISOString() };
}

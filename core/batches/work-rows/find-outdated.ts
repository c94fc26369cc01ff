import { quoteValue, type Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { workColumns, workRows } from "./work-table.ts";
import { findProduct } from "../../../licensing/products.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

const input = workColumns("input");

type Outdated = { rowNo: number; userPrincipalName: string; domain: string | null; skuId: string | null };

/**
 * Gives the rows in the work table that ask for what the customer had when they were planned and has no more: a domain, or
 * a product. Rows whose user an earlier run made are past that. Causes: domain_unverified, sku_unknown.
 */
export async function findOutdated(tx: Tx, customerId: string): Promise<Map<number, Cause>> {
  const rows = await tx.rows<Outdated>(
    sql`select ${input.rowNo} as "rowNo", ${input.userPrincipalName} as "userPrincipalName", domains.name as domain,
       (select asked from unnest(${input.skuIds}) asked where asked <> all (owned.skus) limit 1) as "skuId"
     from ${workRows} input
     cross join (select coalesce(array_agg(sku_id), '{}') as skus from products where customer_id = ${customerId}) owned
     left join domains on domains.customer_id = ${customerId}
       and domains.name = lower(split_part(${input.userPrincipalName}, '@', 2))
     where ${input.step} is null and ((domains.name is null and ${input.userPrincipalName} is not null) or not ${input.skuIds} <@ owned.skus)`,
  );
  return new Map(rows.map((row) => [row.rowNo, outdatedCause(row)]));
}

/** SQL that is true where one of the rows `from`, none of which has run, asks for what the customer has no more. */
export function someOutdatedSql(customerId: string, from: SqlText): SqlText {
  return sql`(exists (
    select lower(split_part(${input.userPrincipalName}, '@', 2)) from ${from} input
    except select name from domains where customer_id = ${customerId}
  ) or exists (
    select unnest(${input.skuIds}) from ${from} input except select sku_id from products where customer_id = ${customerId}))`;
}

function outdatedCause({ rowNo, userPrincipalName, domain, skuId }: Outdated): Cause {
  return domain === null
    ? {
        code: "domain_unverified",
        field: "userPrincipalName",
        message: `Row ${rowNo}: the domain of ${quoteValue(userPrincipalName)} is no longer one of the customer's. Add it again, then retry.`,
      }
    : {
        code: "sku_unknown",
        field: "licenses",
        message: `Row ${rowNo}: the customer no longer has the product ${quoteValue(findProduct(skuId ?? "")?.name ?? skuId ?? "")}. Add it again, then retry.`,
      };
}

import { quoteValue, type Cause } from "../../../contract/codes.ts";
import type { FieldName } from "../../../contract/fields.ts";

/** What a row says of its customer: its name, id or a domain of it (`any`), or a domain alone; and in which column. */
export type CustomerKey = { text: string; kind: "any" | "domain"; field: FieldName };

/**
 * Makes what tells whom rows with these columns are about: by the column for the customer, else by that for the domain, else
 * by the domain of the username. Null for a row that does not say so.
 */
export function customerKeys(columns: readonly (FieldName | null)[]): (cells: readonly string[]) => CustomerKey | null {
  const [customerAt, domainAt, nameAt] = (["customer", "domain", "userPrincipalName"] as const).map((field) =>
    columns.indexOf(field),
  ) as [number, number, number];
  return (cells) => {
    const at = (column: number) => (cells[column] ?? "").trim();
    if (at(customerAt) !== "") return { text: at(customerAt), kind: "any", field: "customer" };
    const domain = at(domainAt).replace(/^@/, "");
    if (domain !== "") return { text: domain, kind: "domain", field: "domain" };
    const [, ofName = ""] = /@([^@]+)$/.exec(at(nameAt)) ?? [];
    return ofName === "" ? null : { text: ofName, kind: "domain", field: "userPrincipalName" };
  };
}

/** Why a row is of no customer: nothing says so, or what says so is no customer's that the agent may see, or several'. */
export function noCustomer(rowNo: number, key: CustomerKey | null, found: number): Cause {
  if (key === null) {
    const advice = "Give the customer, one of its domains, or the username with its domain.";
    return {
      code: "customer_unknown",
      field: "customer",
      message: `Row ${rowNo}: it is not said which customer this is about. ${advice}`,
    };
  }
  const { field, text } = key;
  const value = quoteValue(text);
  if (found > 1) {
    const message = `Row ${rowNo}: ${value} stands for ${found} customers. Give the id of one, or a domain.`;
    return { code: "customer_ambiguous", field, message };
  }
  const what = key.kind === "any" ? `goes by ${value}` : `has the domain ${value}`;
  return {
    code: "customer_unknown",
    field,
    message: `Row ${rowNo}: no customer whom you may see ${what}. Correct it, or have somebody give you a role there.`,
  };
}

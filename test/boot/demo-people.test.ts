import { createReadStream } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { openRoles } from "../../core/access/authority/rules.ts";
import { findProduct } from "../../licensing/products.ts";
import { demoCustomer, demoPeopleFile } from "../../boot/demo/demo-customer.ts";
import { readRow } from "../../files/rows/read-row.ts";
import { readTable } from "../../files/table/read-table.ts";
import type { Table } from "../../files/table/table.ts";
import type { KnownProduct, Reading, RowInput } from "../../files/rows/row-input.ts";

let table: Table;
const rows: RowInput[] = [];

function products(): Map<string, KnownProduct> {
  const known = new Map<string, KnownProduct>();
  for (const { skuPartNumber } of demoCustomer.products) {
    const product = findProduct(skuPartNumber);
    if (product === undefined) throw new Error(`${skuPartNumber} is not in the catalogue`);
    for (const key of [product.skuId, product.skuPartNumber, product.name]) {
      known.set(key.toLowerCase(), { ...product, publisherAddress: null });
    }
  }
  return known;
}

beforeAll(async () => {
  table = await readTable(createReadStream(demoPeopleFile), { maxRows: 1000, maxColumns: 100, maxCellBytes: 32_768 });
  const reading: Reading = {
    operation: "createUsers",
    columns: table.columns,
    header: table.header,
    domains: new Set(demoCustomer.domains),
    defaultDomain: demoCustomer.domains[0] ?? "",
    domain: null,
    upnPattern: null,
    usageLocation: null,
    skus: [],
    products: products(),
  };
  for await (const block of table.rows) {
    for (const { rowNo, cells } of block) rows.push(readRow(rowNo, cells, reading));
  }
});

test("the shipped sample holds 500 people whose columns are recognised, but for the employee number", () => {
  expect(rows).toHaveLength(500);
  expect(table.encoding()).toBe("UTF-8");
  expect(table.header.filter((_, at) => table.columns[at] === null)).toEqual(["Employee ID"]);
});

test("twelve rows of the sample hold a mistake, of eleven different kinds", () => {
  const seen = new Set<string>();
  const mistakes = rows.flatMap(({ rowNo, values, problem }) => {
    const upn = values.userPrincipalName?.toLowerCase() ?? "";
    const code = problem?.code ?? (seen.has(upn) ? "duplicate_in_file" : null);
    seen.add(upn);
    return code === null ? [] : [[rowNo, code]];
  });
  expect(mistakes).toEqual([
    [17, "duplicate_in_file"],
    [58, "required_missing"],
    [103, "country_unknown"],
    [146, "domain_unverified"],
    [189, "value_too_long"],
    [231, "sku_unknown"],
    [274, "upn_invalid"],
    [318, "control_character"],
    [352, "usage_location_missing"],
    [397, "permission_unknown"],
    [431, "row_too_wide"],
    [466, "upn_invalid"],
  ]);
});

test("nobody in the sample gets a role for which a second agent has to say yes: one person tries it out", () => {
  expect(rows.flatMap(({ roles }) => roles ?? []).filter((role) => !openRoles.includes(role))).toEqual([]);
  expect(rows.filter(({ roles }) => roles !== null && roles.length > 0).length).toBeGreaterThan(0);
});

test("28 people of the sample more than there are seats want Microsoft 365 E3, and no other product runs short", () => {
  const right = rows.filter(({ rowNo, problem }) => problem === null && rowNo !== 17);
  const short = demoCustomer.products.map(({ skuPartNumber, total }) => {
    const wanted = right.filter(({ licenses }) => licenses.some((license) => license.skuPartNumber === skuPartNumber));
    return [skuPartNumber, Math.max(0, wanted.length - total)];
  });
  expect(right).toHaveLength(488);
  expect(short).toEqual([
    ["SPE_E3", 28],
    ["SPE_F1", 0],
    ["POWER_BI_PRO", 0],
    ["VISIOCLIENT", 0],
    ["M365_Copilot", 0],
  ]);
});

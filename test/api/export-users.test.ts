import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { startApp, type TestApp } from "../support/app.ts";

// More than the export reads at once.
const amount = 2_100;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it("an export has all that the filter finds, is safe to open in a spreadsheet, and changes nothing when it comes back", async () => {
  const customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: amount }]);
  const people = Array.from({ length: amount }, (_none, at) => ({
    userPrincipalName: `p${at}@${customer.domain}`,
    displayName: at === amount - 1 ? "=HYPERLINK(0)" : `Person ${String(at).padStart(3, "0")}`,
    department: at % 2 === 0 ? "Sales" : "Finance, north",
    mobilePhone: "+46 70 123 45 67",
    usageLocation: "SE",
    ...(at === amount - 2 && { permission: ["passwordAdmin", "serviceAdmin"], accountEnabled: false }),
    ...(at < 630 && { licenses: [{ sku: "SPE_E3" }] }),
  }));
  const { body } = await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: { operation: "createUsers", rows: people },
  });
  expect((await app.finished(body.id)).totals.succeeded).toBe(amount);
  const path = `/v1/customers/${customer.id}/users.csv`;
  const { text, headers } = await app.request(path);
  expect(headers.get("content-type")).toContain("text/csv");
  expect(text.trim().split("\r\n")).toHaveLength(amount + 1);
  expect(text).toContain("'=HYPERLINK(0)");
  const back = await app.request<Batch>(
    `/v1/customers/${customer.id}/uploads?operation=update-users&fileName=users.csv`,
    { csv: text },
  );
  expect(back.body.plan).toMatchObject({ unchanged: amount, update: 0, invalid: 0, conflict: 0 });

  const some = await app.request(`${path}?department=sales&sort=-userPrincipalName`);
  const lines = some.text.trim().split("\r\n").slice(1);
  expect(lines).toHaveLength(amount / 2);
  expect(lines[0]?.startsWith(`p998@${customer.domain}`)).toBe(true);
});

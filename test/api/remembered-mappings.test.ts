import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { type Colleague, grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string; domain: string };
let bob: Colleague;
let eve: Colleague;
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer();
  [bob, eve] = [await makeColleague(app), await makeColleague(app)];
  for (const agent of [bob, eve]) await grantRole(app, agent, customer, "globalAdministrator");
});
afterAll(() => app.close());

/** A file with a column whose label says nothing, each time of another person. */
const file = (name: string) => `Email,Display name,Rank\n${name}@${customer.domain},${name},Global admin\n`;

async function upload({ key }: Colleague, name: string, query = ""): Promise<Batch> {
  const path = `/v1/customers/${customer.id}/uploads?operation=create-users${query}`;
  const { status, body, text } = await app.request<Batch>(path, { csv: file(name), key });
  if (status !== 201) throw new Error(text);
  return body;
}

const teaching = `&mapping=${encodeURIComponent(JSON.stringify({ Rank: "permission" }))}`;

it("what another agent said of a column decides nothing in a file that is applied at once", async () => {
  await upload(eve, "taught", teaching);
  const applied = await upload(bob, "applied", "&apply=true");
  expect(applied.columns).toEqual(["userPrincipalName", "displayName", null]);
  expect(applied.notes.join(" ")).toContain("Send the mapping with the file");
  await app.finished(applied.id);
  const users = await app.request<{ items: { permission: unknown }[] }>(
    `/v1/customers/${customer.id}/users?q=applied`,
    {},
  );
  expect(users.body.items).toHaveLength(1);
  expect(JSON.stringify(users.body.items[0]?.permission)).not.toContain("Global");
});

it("a remembered mapping is used where somebody looks at the plan, and where the agent says it too or has said it before", async () => {
  await upload(eve, "taught", teaching);
  const planned = await upload(bob, "planned");
  expect(planned.columns).toEqual(["userPrincipalName", "displayName", "permission"]);
  expect(planned.notes.join(" ")).toContain("was used");
  const asked = await upload(bob, "asked", `${teaching}&apply=true`);
  expect(asked.columns).toEqual(["userPrincipalName", "displayName", "permission"]);
  const again = await upload(bob, "again", "&apply=true");
  expect(again.columns).toEqual(["userPrincipalName", "displayName", "permission"]);
  expect((await upload(eve, "other", "&apply=true")).columns).toEqual(["userPrincipalName", "displayName", null]);
});

it("what another agent said of a column decides nothing in a file with one column more that is applied at once", async () => {
  await upload(eve, "taught", teaching);
  const path = `/v1/customers/${customer.id}/uploads?operation=create-users`;
  const wider = (name: string) =>
    `Email,Display name,Rank,Shoe size\n${name}@${customer.domain},${name},Global admin,44\n`;
  const key = (await makeColleagueOf(customer)).key;
  const applied = await app.request<Batch>(`${path}&apply=true`, { csv: wider("wide"), key });
  expect(applied.body.columns).toEqual(["userPrincipalName", "displayName", null, null]);
  expect(applied.body.notes.join(" ")).toContain("Send the mapping with the file");
  const planned = await app.request<Batch>(path, { csv: wider("wider"), key });
  expect(planned.body.columns).toEqual(["userPrincipalName", "displayName", "permission", null]);
});

async function makeColleagueOf(where: { id: string; domain: string }): Promise<Colleague> {
  const agent = await makeColleague(app);
  await grantRole(app, agent, where, "globalAdministrator");
  return agent;
}

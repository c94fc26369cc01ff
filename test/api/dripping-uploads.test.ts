import { afterEach, expect, it } from "vitest";
import { type Colleague, grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";
import { type RawRequest, sendRaw } from "../support/raw-request.ts";

let app: TestApp;
const drips: { request: RawRequest; timer: NodeJS.Timeout }[] = [];
afterEach(async () => {
  for (const { request, timer } of drips.splice(0)) {
    clearInterval(timer);
    request.socket.destroy();
  }
  await app.close();
});

/** Begins an upload that sends `head`, and after it five bytes a second, for ever. */
async function drip(customerId: string, { key }: Colleague, head: string): Promise<void> {
  const lines = [
    `POST /v1/customers/${customerId}/uploads?operation=create-users HTTP/1.1`,
    `Authorization: Bearer ${key}`,
    "Content-Type: text/csv",
    "Content-Length: 400000000",
  ];
  const request = await sendRaw(app.url, lines, head);
  drips.push({ request, timer: setInterval(() => request.socket.write("a"), 200) });
}

/** A header and rows of about 100 bytes. */
const rowsOf = (domain: string, count: number) =>
  `Display name,Email\n${Array.from({ length: count }, (_, at) => `${"Long name ".repeat(7)},p${at}@${domain}\n`).join("")}`;

/** Two uploads of each of five agents that drip once they have sent `rows` rows, and so the customer that they are for. */
async function tenDripping(rows: number): Promise<{ id: string; domain: string }> {
  app = await startApp();
  const customer = await app.makeCustomer();
  const agents = await Promise.all([1, 2, 3, 4, 5].map(() => makeColleague(app)));
  for (const agent of agents) await grantRole(app, agent, customer, "globalAdministrator");
  for (const agent of [...agents, ...agents]) await drip(customer.id, agent, rowsOf(customer.domain, rows));
  // An agent has two uploads at a time, so that a third is refused once these are under way. A third that comes between
  // them takes the place of the second, which is then sent again.
  for (const agent of agents) {
    await eventually(async () => {
      const third = `/v1/customers/${customer.id}/uploads?operation=create-users`;
      const { code } = (await app.refused(third, { csv: "Email\n", key: agent.key })).body;
      if (code !== "uploads_busy") await drip(customer.id, agent, rowsOf(customer.domain, rows));
      expect(code).toBe("uploads_busy");
    });
  }
  return customer;
}

/** Everything that others do meanwhile: look, make a user, upload a file of their own, change its plan and start it. */
async function othersWork({ id, domain }: { id: string; domain: string }): Promise<void> {
  const file = `Display name,Email,Where\nEva,eva@${domain},Delft\n`;
  const asked = await Promise.all([
    app.request("/readyz", { key: null }),
    app.request(`/v1/customers/${id}/users`),
    app.request(`/v1/customers/${id}/users`, {
      json: { userPrincipalName: `one@${domain}`, displayName: "One" },
      headers: { prefer: "wait=20" },
    }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 201]);
  const batch = await app.upload(id, file);
  const changed = await app.request(`/v1/batches/${batch.id}`, {
    method: "PATCH",
    json: { mapping: { Where: "city" } },
  });
  expect(changed.status).toBe(200);
  await app.apply(batch.id);
  expect((await app.finished(batch.id)).totals.succeeded).toBe(1);
}

it("ten uploads that drip hold up nobody else, and no connection to the database", async () => {
  // More than is read to find the header, and less than is written at once.
  const customer = await tenDripping(900);
  await othersWork(customer);
  // Workers have transactions too, for moments.
  await eventually(async () => {
    const [open] = await app.db.sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`;
    expect(open).toEqual({ count: 0 });
  });
});

it("nor do ten that have sent thousands of rows before they drip, though an upload may have to wait", async () => {
  const customer = await tenDripping(2500);
  const { status } = await app.request(`/v1/customers/${customer.id}/users`, {
    json: { userPrincipalName: `two@${customer.domain}`, displayName: "Two" },
    headers: { prefer: "wait=20" },
  });
  expect(status).toBe(201);
  expect((await app.request("/readyz", { key: null })).status).toBe(200);
  // Whoever gives up makes room for the next.
  for (const { request } of drips.slice(0, 5)) request.socket.destroy();
  await othersWork({ ...customer, domain: customer.domain });
});

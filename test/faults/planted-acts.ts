import { expect } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import type { Bundle } from "../../contract/bundle.ts";
import type { User } from "../../contract/user.ts";
import type { Client } from "../support/client.ts";
import { cookieJar } from "../support/cookie-jar.ts";
import { mark, plantedAgent, plantedCsv, plantedPerson, secretMark } from "./planted-people.ts";

/** Where mails about batches go, and where a mail about a link goes. */
export const onCall = `${mark}.oncall@partner.example`;
const linkTo = `${mark}.link@partner.example`;

const chosen = `A ${secretMark} of my own 7`;

/** What came of the acts: batches that ended, the file for many customers, and the passwords and tokens that went about. */
type Acted = { batchIds: string[]; bundleId: string; secrets: string[] };

/**
 * Does to planted people what else an agent may do: a file for many customers, a file whose columns and cells are put right, a
 * reset, a link that is mailed and opened, a deletion and a restore, an approval that is refused and given, an undo.
 */
export async function actOnPlanted(
  client: Client,
  address: string,
  customer: { id: string; domain: string },
): Promise<Acted> {
  const name = `${mark}.many.1@${customer.domain}`;
  const at = `/v1/customers/${customer.id}`;
  const send = async (operation: string, more: Record<string, string> = {}) => {
    const path = `${at}/uploads?operation=${operation}&apply=true&fileName=${mark}.csv`;
    return (await client.ok(path, { csv: plantedCsv([{ "User name": name, ...more }]) })) as Batch;
  };
  const done = async (id: string) => {
    expect(await client.finished(id)).toMatchObject({ state: "finished", totals: { rows: 1, succeeded: 1 } });
    return id;
  };
  const { bundleId, here, there } = await sendToMany(client, customer);
  const mended = await putRight(client, customer);
  const batchIds = [await done(here), await done(there), await done(mended.batchId)];
  batchIds.push(await done((await send("reset-passwords", { Password: `Z${secretMark}-9!-reset` })).id));
  const user = async (one: string) => {
    const { items } = (await client.ok(`${at}/users?q=${one}`)) as { items: User[] };
    return `${at}/users/${items[0]?.id}`;
  };
  const secrets = await handOver(client, address, await user(name));
  // One that nobody opens.
  const { url } = (await client.ok(`${await user(mended.name)}/link`, { json: {} })) as { url: string };
  secrets.push(new URL(url).hash.slice(1));
  for (const operation of ["delete-users", "restore-users"]) batchIds.push(await done((await send(operation)).id));

  await client.ok(`${at}/brakes`, { method: "PUT", json: { limits: { users: 0, percent: 10, admins: true } } });
  const asked = await send("delete-users");
  expect(asked.state).toBe("awaiting_approval");
  const second = cookieJar();
  await second.request(`${address}/api/auth/sign-in/email`, { json: plantedAgent });
  const decide = async (act: string) => {
    const json = { planVersion: 1, note: `${mark} ${act}` };
    expect((await second.request(`${address}/v1/batches/${asked.id}/${act}`, { json })).status).toBeLessThan(300);
  };
  await decide("refuse");
  await client.act(asked.id, "apply");
  await decide("approve");
  batchIds.push(await done(asked.id));

  const undo = (await client.ok(`/v1/batches/${there}/undo`, { method: "POST" })) as Batch;
  await client.act(undo.id, "apply");
  batchIds.push(await done(undo.id));
  return { batchIds, bundleId, secrets };
}

/** Sends one row to the customer, one to another and one to nobody, and gives the batches of the two. */
async function sendToMany(
  client: Client,
  customer: { id: string; domain: string },
): Promise<{ bundleId: string; here: string; there: string }> {
  const other = await client.makeCustomer();
  const domains = [customer.domain, other.domain, `${mark}.example`];
  const csv = plantedCsv(domains.map((domain, no) => plantedPerson(domain, `many.${no + 1}`)));
  const path = `/v1/bundles?operation=create-users&apply=true&fileName=${mark}-all.csv`;
  const bundle = (await client.ok(path, { csv })) as Bundle;
  expect(bundle).toMatchObject({ batches: 2, refused: 1 });
  const { items } = (await client.ok(`/v1/batches?bundleId=${bundle.id}`)) as { items: Batch[] };
  const of = (id: string) => items.find(({ customerId }) => customerId === id)?.id ?? "";
  return { bundleId: bundle.id, here: of(customer.id), there: of(other.id) };
}

/** Sends a file of one person twice under a key, says what its columns are, changes a cell that is too long, and applies it. */
async function putRight(
  client: Client,
  customer: { id: string; domain: string },
): Promise<{ batchId: string; name: string }> {
  const column = `${mark} post`;
  const name = `${mark}.mended@${customer.domain}`;
  const person = { "User name": name, "Display name": `${mark} mended` };
  const csv = plantedCsv([{ ...person, [column]: `${mark} ${"9".repeat(50)}` }]);
  const path = `/v1/customers/${customer.id}/uploads?operation=create-users&fileName=${mark}-mended.csv`;
  const send = () => client.ok(path, { csv, headers: { "idempotency-key": "a-planted-file" } });
  const { id } = (await send()) as Batch;
  expect(await send()).toMatchObject({ id });
  await client.ok(`/v1/batches/${id}`, { method: "PATCH", json: { mapping: { [column]: "postalCode" } } });
  const fix = { code: "value_too_long", column, change: { set: `${mark} 1234` } };
  expect(await client.ok(`/v1/batches/${id}/fixes`, { json: fix })).toMatchObject({ rows: 1 });
  await client.act(id, "apply");
  return { batchId: id, name };
}

/** Mails a link, in vain and then not, opens it and has the person choose a password; gives the token and the password. */
async function handOver(client: Client, address: string, user: string): Promise<string[]> {
  const link = async (mailTo: string) =>
    (await client.ok(`${user}/link`, { json: { mailTo } })) as { url: string; warnings?: object[] };
  expect((await link(`nobody@${mark}.example`)).warnings).toHaveLength(1);
  const { url, warnings } = await link(linkTo);
  expect(warnings ?? []).toEqual([]);
  const token = new URL(url).hash.slice(1);
  const visitor = cookieJar();
  const opened = await visitor.request(`${address}/link`, { json: { token } });
  const { userPrincipalName, temporaryPassword } = (await opened.json()) as Record<string, string>;
  const form = { name: userPrincipalName ?? "", password: temporaryPassword ?? "", newPassword: chosen };
  const answer = await visitor.request(`${address}/account`, { form: { ...form, newPasswordAgain: chosen } });
  expect(answer.headers.get("location")).toContain("done");
  return [token, temporaryPassword ?? ""];
}

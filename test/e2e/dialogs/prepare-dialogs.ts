import type { Page } from "playwright-core";
import type { Batch } from "../../../contract/batch.ts";
import type { Bundle } from "../../../contract/bundle.ts";
import { workbookType } from "../../../contract/media-types.ts";
import type { User } from "../../../contract/user.ts";
import { cookieJar } from "../../support/cookie-jar.ts";
import { eventually } from "../../support/eventually.ts";
import { writeWorkbook } from "../../support/write-workbook.ts";

/** What the dialogs of the list are opened about. */
export type Prepared = {
  /** The password of the agent who is signed in. */
  password: string;
  customerId: string;
  domain: string;
  /** A user with a license. */
  user: User;
  /** A user who is deleted, and whose name somebody else has by now. */
  deleted: string;
  agent: { id: string; name: string };
  group: string;
  apiKey: string;
  /** A plan in which rows can run and others cannot, for a cause each. */
  planId: string;
  /** A batch that has ended with failures. */
  doneId: string;
  /** A plan that deletes two users, whose number has to be typed. */
  confirmId: string;
  /** A plan that deletes three, for which the agent has asked for the yes of a second one. */
  askedId: string;
  /** Such a plan for which somebody else has asked. */
  theirsId: string;
  /** A batch that has ended, whose retry needs the yes of a second agent. */
  retriedId: string;
  /** Such a batch, whose retry needs the number of the users whom it hits. */
  numberedId: string;
  /** A file for many customers, a plan of which deletes two users. */
  bundleId: string;
  /** A file for two customers, for whose plans the agent has asked for the yes of a second one. */
  askedFileId: string;
  /** Such a file for whose plans somebody else has asked. */
  theirFileId: string;
  /** A plan from a workbook with several sheets. */
  workbookId: string;
};

const domain = "fabrikam-retail.example";
const otherDomain = "tailspin-traders.example";
const first = ["Åsa", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Liam"];
const last = ["Öberg", "Marchetti", "Nowak", "van der Berg", "Sørensen"];
const plan = `User name,Display name,First name,Last name,Usage location,Licenses
mira.falk@${domain},Mira Falk,Mira,Falk,SE,
olle.kron@${domain},Olle Kron,Olle,Kron,SE,EXCHANGESTANDARD
pia.holm@fabrikam.example,Pia Holm,Pia,Holm,SE,
rut.ek@${domain},Rut Ek,Rut,Ek,,EXCHANGESTANDARD
sam.dahl@${domain},Sam Dahl,Sam,Dahl,Atlantis,
tea.lund@${domain},Tea Lund,Tea,Lund,Atlantis,
,Ulf Brandt,Ulf,Brandt,SE,
vera.moe@${domain},Vera Moe,Vera,Moe,SE,SPE_E3
`;

/**
 * Makes, as the agent who is signed in on `page`, what the dialogs are about: a customer with sixty users, deleted ones,
 * batches, a colleague with a grant that ends soon, a group and an API key. The token of the environment, `token`, makes whoever
 * is to count as nobody else.
 */
export async function prepareDialogs(page: Page, password: string, token: string): Promise<Prepared> {
  const { origin } = new URL(page.url());
  const ask = async <Body>(
    path: string,
    { method = "POST", data, type }: { method?: string; data?: object | string | Buffer; type?: string } = {},
  ): Promise<Body> => {
    const headers = { origin, prefer: "wait=30", ...(type !== undefined && { "content-type": type }) };
    const answer = await page.request.fetch(path, { method, headers, ...(data !== undefined && { data }) });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const asToken = async <Body>(path: string, data: object): Promise<Body> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(data) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const finished = async ({ id }: { id: string }) =>
    await eventually(
      async () => {
        const batch = await ask<Batch>(`/v1/batches/${id}`, { method: "GET" });
        if (batch.state !== "finished") throw new Error(`batch ${batch.no} is still ${batch.state}`);
      },
      { timeoutMs: 60_000 },
    );
  const products = [
    { skuPartNumber: "SPE_E3", total: 12 },
    { skuPartNumber: "EXCHANGESTANDARD", total: 40 },
    { skuPartNumber: "FLOW_FREE", total: 1000 },
  ];
  const { id: customerId } = await ask<{ id: string }>("/v1/customers", {
    data: { name: "Fabrikam Retail", domains: [domain, "stores.fabrikam-retail.example"], products },
  });
  const at = `/v1/customers/${customerId}`;
  const batch = async (data: object) => await finished(await ask<Batch>(`${at}/batches`, { data }));
  const upload = async (query: string, data: string | Buffer, type = "text/csv") =>
    await ask<Batch>(`${at}/uploads?operation=create-users${query}`, { data, type });

  const hook = await ask<{ id: string }>("/v1/webhooks", {
    data: { name: "Ticket system", address: "http://127.0.0.1:9/", customerId },
  });
  await ask(`/v1/webhooks/${hook.id}/test`, {});
  const mails = { name: "Shift leads", address: "mailto:shift@partner.example", events: ["batch.paused"], customerId };
  await ask("/v1/webhooks", { data: mails });
  const people = last.flatMap((surname) => first.map((givenName) => ({ givenName, surname })));
  const done = await upload("&apply=true&fileName=shop-floor.csv", staff(people));
  await finished(done);
  const gone = { userPrincipalName: `petra.novak@${domain}`, displayName: "Petra Novak", usageLocation: "CZ" };
  await batch({ operation: "createUsers", rows: [gone] });
  await batch({ operation: "deleteUsers", rows: [{ userPrincipalName: gone.userPrincipalName }] });
  await batch({
    operation: "createUsers",
    options: { onDeleted: "create" },
    rows: [{ ...gone, displayName: "Petra Nováková" }],
  });
  const { id: planId } = await upload("&fileName=spring-intake.csv", plan);
  const sheet = (name: string) => ({
    name,
    rows: [
      ["User name", "Display name"],
      [`${name.toLowerCase()}@${domain}`, name],
    ],
  });
  const workbook = writeWorkbook([sheet("Stores"), sheet("Warehouse"), { ...sheet("Archive"), state: "hidden" }]);
  const { id: workbookId } = await upload("&fileName=people.xlsx", workbook, workbookType);
  await ask(`${at}/brakes`, { method: "PUT", data: { limits: { users: 2, percent: null, admins: true } } });
  const deletion = async (...places: number[]) => {
    const rows = places.map((place) => ({ userPrincipalName: `user${place}@${domain}` }));
    return await ask<Batch>(`${at}/batches`, { data: { operation: "deleteUsers", apply: false, rows } });
  };
  const { id: confirmId } = await deletion(20, 21);
  const { id: askedId } = await deletion(22, 23, 24);
  await ask(`/v1/batches/${askedId}/apply`, { data: {} });
  const mended = async (place: number, wrong: number[]) => {
    const unknown = wrong.map((no) => `nobody${no}@${domain}\n`).join("");
    const made = await ask<Batch>(`${at}/uploads?operation=delete-users&apply=true&fileName=left-in-may.csv`, {
      data: `User name\nuser${place}@${domain}\n${unknown}`,
      type: "text/csv",
    });
    await finished(made);
    const rows = wrong.map((no, index) => ({ rowNo: index + 2, values: { "User name": `user${no}@${domain}` } }));
    await ask(`/v1/batches/${made.id}/rows`, { method: "PATCH", data: { rows } });
    return made.id;
  };
  const retriedId = await mended(28, [32, 33, 34]);
  const numberedId = await mended(41, [42, 43]);
  const { id: bundleId } = await ask<Bundle>("/v1/bundles?operation=delete-users&fileName=leavers.csv", {
    data: `Customer,User name\n,user30@${domain}\n${customerId},user31@${domain}\nTailspin Toys,jo@tailspin.example\n`,
    type: "text/csv",
  });
  const users = await ask<{ items: User[] }>(`${at}/users?license=any&limit=1`, { method: "GET" });
  const [user] = users.items;
  if (user === undefined) throw new Error("nobody has a license");
  const agent = { name: "Noor Haddad", email: "noor.haddad@partner.example", partnerRole: "adminAgent" };
  const { id: agentId, password: theirPassword } = await ask<{ id: string; password: string }>("/v1/agents", {
    data: agent,
  });
  await ask(`${at}/grants`, { data: { agentId, role: "userAdministrator", days: 9 } });
  const { id: theirsId } = await deletion(25, 26, 27);
  const their = cookieJar();
  await their.request(`${origin}/api/auth/sign-in/email`, { json: { email: agent.email, password: theirPassword } });
  await their.request(`${origin}/v1/batches/${theirsId}/apply`, { json: {} });
  const { id: otherId } = await ask<{ id: string }>("/v1/customers", {
    data: { name: "Tailspin Traders", domains: [otherDomain] },
  });
  const strict = { users: 1, percent: 10, admins: true };
  await ask(`/v1/customers/${otherId}/brakes`, { method: "PUT", data: { limits: strict } });
  const clerks = first.map((name, no) => ({ userPrincipalName: `clerk${no}@${otherDomain}`, displayName: name }));
  await finished(
    await ask<Batch>(`/v1/customers/${otherId}/batches`, { data: { operation: "createUsers", rows: clerks } }),
  );
  const leaving = async (fileName: string, names: string[]) => {
    const data = `User name\n${names.join("\n")}\n`;
    return await ask<Bundle>(`/v1/bundles?operation=delete-users&fileName=${fileName}`, { data, type: "text/csv" });
  };
  const three = (from: number) => [0, 1, 2].map((place) => `user${from + place}@${domain}`);
  const two = (from: number) => [0, 1].map((place) => `clerk${from + place}@${otherDomain}`);
  const { id: askedFileId } = await leaving("left-in-june.csv", [...three(46), ...two(0)]);
  await ask(`/v1/bundles/${askedFileId}/apply`, { data: {} });
  const { id: theirFileId } = await leaving("left-in-july.csv", [...three(50), ...two(2)]);
  // An agent whom the one who is signed in has made counts as that one, and could not be answered.
  const second = { name: "Sam Okafor", email: "sam.okafor@partner.example", partnerRole: "adminAgent" };
  const made = await asToken<{ id: string; password: string }>("/v1/agents", second);
  for (const id of [customerId, otherId]) {
    await asToken(`/v1/customers/${id}/grants`, { agentId: made.id, role: "userAdministrator", days: 9 });
  }
  const seconds = cookieJar();
  await seconds.request(`${origin}/api/auth/sign-in/email`, { json: { email: second.email, password: made.password } });
  await seconds.request(`${origin}/v1/bundles/${theirFileId}/apply`, { json: {} });
  await ask("/v1/agent-groups", { data: { name: "Night shift", agentIds: [agentId] } });
  await ask("/v1/api-keys", { data: { name: "Nightly import", expiresInDays: 90 } });
  return {
    password,
    customerId,
    domain,
    user,
    deleted: gone.displayName,
    agent: { id: agentId, name: agent.name },
    group: "Night shift",
    apiKey: "Nightly import",
    planId,
    doneId: done.id,
    confirmId,
    askedId,
    theirsId,
    retriedId,
    numberedId,
    bundleId,
    askedFileId,
    theirFileId,
    workbookId,
  };
}

/** A file of these people, all of whom are to have one product; there are fewer seats than people. */
function staff(people: { givenName: string; surname: string }[]): string {
  const rows = people.map(({ givenName, surname }, at) => {
    const name = `${givenName} ${surname}`;
    const department = ["Stores", "Warehouse", "Finance"][at % 3];
    return `user${at}@${domain},${name},${givenName},${surname},${department},SE,${at < 15 ? "SPE_E3" : ""}`;
  });
  return `User name,Display name,First name,Last name,Department,Usage location,Licenses\n${rows.join("\n")}\n`;
}

import type { Group } from "../../contract/authority.ts";
import type { Batch } from "../../contract/batch.ts";
import { exampleIds, exampleSecrets } from "../../contract/examples/example-ids.ts";
import type { Fix } from "../../contract/fix.ts";
import type { RouteName } from "../../contract/routes.ts";
import type { User } from "../../contract/user.ts";
import { newId } from "../../db/new-id.ts";
import { grantRole, makeColleague } from "./agents.ts";
import type { TestApp } from "./app.ts";
import { type CookieJar, cookieJar } from "./cookie-jar.ts";
import { freshTotpCode } from "./totp.ts";

/** Where an example is sent to, as whom, and what stands there for each word that the examples made up. */
export type ExampleStage = {
  app: TestApp;
  headers: Record<string, string>;
  key: string | null;
  words: Map<string, string>;
};

type MadeUser = User & { temporaryPassword: string };

const file = `User name,First name,Last name,Usage location,Licenses,Cost centre,Notes
lena.vogt,Lena,Vogt,DE,SPE_E3,Sales,
paul.roy.,Paul,Roy,FR,SPE_E3,Sales,starts in May
ida.lund,Ida,Lund,SE,SPE_E3,Sales,
`;

const inactive = new Set<RouteName>(["restoreUser", "removeUser"]);
const ended = new Set<RouteName>([
  "retryBatch",
  "previewRetry",
  "undoBatch",
  "downloadResults",
  "downloadFailed",
  "downloadPasswords",
  "showPasswords",
  "makeLinks",
  "mailLinks",
]);
const askedOfFile = new Set<RouteName>(["approveBundle", "refuseBundle"]);
const asked = new Set<RouteName>(["approveBatch", "refuseBatch", ...askedOfFile]);
const held = new Set<RouteName>([
  "pauseBatch",
  "resumeBatch",
  "resumeBundle",
  "createWebhook",
  "testWebhook",
  "resendDelivery",
]);
const asThemselves = new Set<RouteName>(["createApiKey", "listApiKeys", "deleteApiKey", "getMe"]);
const ofSessions = new Set<RouteName>([
  "listSessions",
  "endSession",
  "signOut",
  "getSession",
  "changePassword",
  "streamEvents",
  "enableTotp",
]);
const ofSecondFactor = new Set<RouteName>(["verifyTotp", "verifyBackupCode", "disableTotp"]);

const {
  userId,
  colleagueId,
  deletedUserId,
  batchId,
  bundleId,
  agentId,
  groupId,
  grantId,
  keyId,
  fixId,
  sessionId,
  webhookId,
  deliveryId,
} = exampleIds;
const { agentPassword, temporaryPassword, linkToken } = exampleSecrets;
const email = "kim.larsen@partner.example";
const wordsOfAgents = [agentId, groupId, grantId, keyId, agentPassword];
const wordsOfUsers = [
  userId,
  colleagueId,
  deletedUserId,
  temporaryPassword,
  linkToken,
  "Sales",
  "berg",
  "hale",
  "filter",
];

/**
 * Makes all that an example of the route `name` speaks of in `text`: a customer of its own with users, agents, a grant
 * and a batch in the state that the route is for. In `idle` nothing is ever carried out.
 */
export async function stageExample(
  { app: working, idle }: { app: TestApp; idle: TestApp },
  name: RouteName,
  text: string,
): Promise<ExampleStage> {
  const app = held.has(name) ? idle : working;
  const domain = `${newId().slice(-12)}.example`;
  const products = [
    { skuPartNumber: "SPE_E3", total: ended.has(name) ? 2 : 20 },
    { skuPartNumber: "SPE_E5", total: 20 },
  ];
  const customer = await ok<{ id: string }>(app, "/v1/customers", {
    json: { name: "Fabrikam", domains: [domain], products },
  });
  const words = new Map<string, string>([
    ["fabrikam.example", domain],
    [exampleIds.customerId, customer.id],
    ["order-4711", newId()],
  ]);
  const stage: ExampleStage = { app, headers: {}, key: app.key, words };
  const speaksOf = (some: string[]) => some.some((word) => text.includes(word));
  if (ofSecondFactor.has(name)) await stageSecondFactor(stage, name);
  else if (asThemselves.has(name) || ofSessions.has(name) || speaksOf(wordsOfAgents)) {
    await stageAgents(stage, name, customer);
  }
  // The token of the environment is no agent who could ask for looser limits.
  if (name === "changeBrakes") stage.key = (await makeColleague(app)).key;
  if (speaksOf([webhookId])) await stageWebhook(stage, customer);
  if (speaksOf(wordsOfUsers)) await stageUsers(stage, name, customer, domain);
  if (asked.has(name)) await stageAsked(stage, name, customer, domain);
  else if (speaksOf([batchId])) await stageBatch(stage, name, customer.id);
  else if (speaksOf([bundleId])) await stageBundle(stage, name, domain);
  return stage;
}

/** A file for many customers, of one; its batch is paused where it is to go on. */
async function stageBundle({ app, words }: ExampleStage, name: RouteName, domain: string): Promise<void> {
  const csv = `User name,Display name\nlena.vogt@${domain},Lena Vogt\n`;
  const { id } = await ok<{ id: string }>(app, "/v1/bundles?operation=create-users", { csv });
  words.set(bundleId, id);
  if (name !== "resumeBundle") return;
  await ok(app, `/v1/bundles/${id}/apply`, { json: {} });
  const { items } = await ok<{ items: Batch[] }>(app, `/v1/batches?bundleId=${id}`);
  for (const batch of items) await ok<Batch>(app, `/v1/batches/${batch.id}/pause`, { method: "POST" });
}

async function stageAgents(stage: ExampleStage, name: RouteName, customer: { id: string }): Promise<void> {
  const { app, words } = stage;
  const colleague = await makeColleague(app);
  const grant = await grantRole(app, colleague, customer, "directoryReader");
  const json = { name: `Group ${newId()}`, agentIds: [colleague.id] };
  const group = await ok<Group>(app, "/v1/agent-groups", { json });
  const key = await ok<{ id: string }>(app, "/v1/api-keys", { key: colleague.key, json: { name: "Old" } });
  words.set(agentId, colleague.id).set(groupId, group.id).set(grantId, grant.id).set(keyId, key.id);
  words.set(email, colleague.email).set(agentPassword, colleague.password);
  if (asThemselves.has(name)) stage.key = colleague.key;
  if (!ofSessions.has(name)) return;
  stage.key = null;
  const session = await app.request("/api/auth/sign-in/email", { key: null, json: colleague });
  const cookies = session.headers.getSetCookie().map((cookie) => cookie.slice(0, cookie.indexOf(";")));
  stage.headers = { cookie: cookies.join("; "), origin: app.url, "sec-fetch-site": "same-origin" };
  const [own] = await app.db.sql<{ id: string }[]>`select id from sessions where user_id = ${colleague.id}`;
  words.set(sessionId, own?.id ?? "");
}

/** A webhook that nobody answers, with a message to it. */
async function stageWebhook({ app, words }: ExampleStage, { id: customerId }: { id: string }): Promise<void> {
  const json = { name: "Tickets", address: "http://127.0.0.1:9/", customerId };
  const webhook = await ok<{ id: string }>(app, "/v1/webhooks", { json });
  const delivery = await ok<{ id: string }>(app, `/v1/webhooks/${webhook.id}/test`, { method: "POST" });
  words.set(webhookId, webhook.id).set(deliveryId, delivery.id);
}

/** An agent with an authenticator app: signed in to give it up, or asked for the code after the password. */
async function stageSecondFactor(stage: ExampleStage, name: RouteName): Promise<void> {
  const { app, words } = stage;
  const agent = await makeColleague(app);
  const post = (browser: CookieJar, path: string, json: object) =>
    browser.request(`${app.url}/api/auth/${path}`, { json });
  const first = cookieJar();
  await post(first, "sign-in/email", agent);
  const setup = await post(first, "two-factor/enable", { password: agent.password });
  const { totpURI, backupCodes } = (await setup.json()) as { totpURI: string; backupCodes: string[] };
  await post(first, "two-factor/verify-totp", { code: freshTotpCode(totpURI) });
  const second = cookieJar();
  await post(second, "sign-in/email", agent);
  words.set(exampleSecrets.totpCode, freshTotpCode(totpURI)).set(exampleSecrets.backupCode, backupCodes[0] ?? "");
  words.set(agentPassword, agent.password);
  stage.key = null;
  const browser = name === "disableTotp" ? first : second;
  stage.headers = { cookie: browser.header(), origin: app.url, "sec-fetch-site": "same-origin" };
}

async function stageUsers(
  { app, words }: ExampleStage,
  name: RouteName,
  customer: { id: string },
  domain: string,
): Promise<void> {
  const make = (userName: string, displayName: string) =>
    ok<MadeUser>(app, `/v1/customers/${customer.id}/users`, {
      headers: { prefer: "wait=20" },
      json: {
        userPrincipalName: `${userName}@${domain}`,
        displayName,
        department: "Sales",
        usageLocation: "SE",
        ...(ended.has(name) ? {} : { licenses: [{ sku: "SPE_E3" }] }),
      },
    });
  const [anna, jose, tom] = await Promise.all([
    make("anna.berg", "Anna Berg"),
    make("jose.nunez", "José Núñez"),
    make("tom.hale", "Tom Hale"),
  ]);
  const gone = await ok<User>(app, `/v1/customers/${customer.id}/users/${tom.id}`, {
    method: "DELETE",
    headers: { prefer: "wait=20" },
  });
  words
    .set(colleagueId, jose.id)
    .set(deletedUserId, tom.id)
    .set(userId, inactive.has(name) ? tom.id : anna.id);
  words.set(`"3"`, `"${inactive.has(name) ? gone.version : anna.version}"`);
  words.set(temporaryPassword, anna.temporaryPassword);
  if (name !== "openLink") return;
  const { url } = await ok<{ url: string }>(app, `/v1/customers/${customer.id}/users/${anna.id}/link`, { json: {} });
  words.set(linkToken, url.slice(url.indexOf("#") + 1));
}

/** A plan that awaits the approval of another agent than the token of the environment. */
async function stageAsked(
  stage: ExampleStage,
  name: RouteName,
  customer: { id: string },
  domain: string,
): Promise<void> {
  const { app, words } = stage;
  const path = `/v1/customers/${customer.id}`;
  await ok(app, `${path}/users`, {
    headers: { prefer: "wait=20" },
    json: { userPrincipalName: `tom.hale@${domain}`, displayName: "Tom Hale" },
  });
  await ok(app, `${path}/brakes`, {
    method: "PUT",
    json: { limits: { users: 0, percent: 10, admins: true } },
  });
  const csv = `User name\ntom.hale@${domain}\n`;
  const sent = "operation=delete-users&apply=true";
  if (askedOfFile.has(name)) {
    const { id } = await ok<{ id: string }>(app, `/v1/bundles?${sent}`, { csv });
    const { items } = await ok<{ items: Batch[] }>(app, `/v1/batches?bundleId=${id}`);
    words.set(bundleId, id).set(batchId, items[0]?.id ?? "");
  } else words.set(batchId, (await ok<Batch>(app, `${path}/uploads?${sent}`, { csv })).id);
  const colleague = await makeColleague(app);
  await grantRole(app, colleague, customer, "userAdministrator");
  stage.key = colleague.key;
}

async function stageBatch({ app, words }: ExampleStage, name: RouteName, customerId: string): Promise<void> {
  const batch = await app.upload(customerId, file);
  words.set(batchId, batch.id).set(`"3"`, `"${batch.planVersion}"`);
  if (name === "undoFix") {
    const json = { code: "upn_invalid", column: "User name", change: { replace: "paul.roy.", by: "paul.roy" } };
    words.set(fixId, (await ok<Fix>(app, `/v1/batches/${batch.id}/fixes`, { json })).id);
    words.set(`"3"`, `"${batch.planVersion + 1}"`);
  }
  if (!ended.has(name) && !held.has(name)) return;
  await app.apply(batch.id);
  if (ended.has(name)) await app.finished(batch.id);
  if (name === "resumeBatch") await ok<Batch>(app, `/v1/batches/${batch.id}/pause`, { method: "POST" });
}

async function ok<Body>(app: TestApp, path: string, options?: Parameters<TestApp["request"]>[1]): Promise<Body> {
  const { status, body, text } = await app.request<Body>(path, options);
  if (status >= 300) throw new Error(`${path} answered ${status}: ${text}`);
  return body;
}

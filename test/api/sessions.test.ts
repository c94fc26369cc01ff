import { afterAll, beforeAll, expect, it } from "vitest";
import type { Session } from "../../contract/routes/sign-in-routes.ts";
import { makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

it("an agent sees all of their own sign-ins, and ends one that they left open elsewhere", async () => {
  const [elsewhere, here] = [await app.signIn(), await app.signIn()];
  const list = async (headers: Record<string, string>) =>
    await app.request<{ items: Session[] }>("/v1/sessions", { key: null, headers });
  const { body } = await list(here);
  expect(body.items.map(({ current }) => current)).toEqual([true, false]);
  const left = body.items.find(({ current }) => !current)?.id ?? "";
  const end = (id: string, headers: Record<string, string>) =>
    app.request(`/v1/sessions/${id}`, { method: "DELETE", key: null, headers });
  expect((await end(left, here)).status).toBe(204);
  expect((await list(elsewhere)).status).toBe(401);
  expect((await list(here)).body.items.map(({ current }) => current)).toEqual([true]);
  expect((await end(left, here)).status).toBe(404);
  const colleague = await makeColleague(app);
  const own = body.items.find(({ current }) => current)?.id ?? "";
  const theirs = await app.request(`/v1/sessions/${own}`, { method: "DELETE", key: colleague.key });
  expect(theirs.status).toBe(404);
  expect((await app.request("/v1/sessions")).status).toBe(403);
  expect((await list(here)).status).toBe(200);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { makeRefusalLog } from "../../api/http/refusal-log.ts";
import { makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

type Recorded = { operation: string; status: string; after: { attempt: string; times?: number } };

const recorded = (agentId: string) => app.db.sql<Recorded[]>`
  select operation, status, after from audit
  where actor_id = ${agentId} and status = 'refused' order by audit.at, audit.id`;

it("an agent who is refused the same again and again fills no audit, and each new attempt stands in it", async () => {
  const sales = await makeColleague(app, "salesAgent");
  const json = { name: "Fabrikam", domains: ["fabrikam.example"] };
  for (let count = 0; count < 20; count += 1) {
    expect((await app.refused("/v1/customers", { json, key: sales.key })).body.code).toBe("forbidden");
  }
  expect((await app.refused("/v1/agents", { key: sales.key })).body.code).toBe("forbidden");
  expect((await recorded(sales.id)).map(({ after }) => after.attempt)).toEqual(["createCustomer", "listAgents"]);
});

it("what was folded is told with its number, when its time is over or the api stops", async () => {
  const who = { kind: "agent", id: "0198b1f4-0000-7000-8000-00000000f01d", name: "Sam Sales" } as const;
  const act = { operation: "refused_attempt", customerId: null, after: { attempt: "createCustomer" } } as const;
  const brief = makeRefusalLog(app.context, 200);
  await Promise.all(Array.from({ length: 50 }, () => brief.record(who, "createCustomer", act)));
  await eventually(async () => {
    expect((await recorded(who.id)).map(({ after }) => after.times)).toEqual([undefined, 49]);
  });
  const long = makeRefusalLog(app.context);
  await long.record(who, "createCustomer", act);
  await long.record(who, "createCustomer", act);
  await long.close();
  expect((await recorded(who.id)).map(({ after }) => after.times)).toEqual([undefined, 49, undefined, 1]);
});

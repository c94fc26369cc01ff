import { beforeEach, expect, it } from "vitest";
import { makeDraftStore } from "../../../ui/client/draft-store.ts";
import { memoryPlace } from "../../../ui/client/memory-place.ts";

const day = 24 * 3_600_000;
const ana = { agentId: "ana", form: "new-user 1" };

let kept: Map<string, string>;
let now: number;
beforeEach(() => {
  kept = new Map();
  now = 0;
});

const tab = (name: string) => makeDraftStore(memoryPlace(kept), name, () => now);

it("a reload finds what was typed in its own tab, and another tab is asked about it", () => {
  tab("first").keep(ana, { name: "Grace" });
  expect(tab("first").own(ana)?.value).toEqual({ name: "Grace" });
  expect(tab("first").left(ana)).toBeNull();
  expect(tab("second").own(ana)).toBeNull();
  expect(tab("second").left(ana)?.value).toEqual({ name: "Grace" });
});

it("the latest of several tabs is asked about, and each keeps its own", () => {
  tab("first").keep(ana, "one");
  now = 5;
  tab("second").keep(ana, "two");
  expect(tab("third").left(ana)?.value).toBe("two");
  tab("third").forget(ana, "second");
  expect(tab("third").left(ana)?.value).toBe("one");
});

it("no other agent and no other form is offered it", () => {
  tab("first").keep(ana, "one");
  expect(tab("second").left({ ...ana, agentId: "bo" })).toBeNull();
  expect(tab("second").left({ ...ana, form: "new-user 11" })).toBeNull();
});

it("a draft is forgotten after seven days, and all are when the agent signs out", () => {
  tab("first").keep(ana, "one");
  now = 7 * day;
  expect(tab("second").left(ana)).toBeNull();
  expect(kept.size).toBe(0);
  kept.set("muster-theme", "dark");
  tab("first").keep(ana, "two");
  tab("second").forgetAll();
  expect([...kept.keys()]).toEqual(["muster-theme"]);
});

it("what the browser holds and cannot be read is taken for nothing", () => {
  tab("first").keep(ana, "one");
  for (const key of kept.keys()) kept.set(key, "{ broken");
  expect(tab("second").left(ana)).toBeNull();
});

it("all that this browser holds can be looked through, and what is too old goes on the way", () => {
  tab("first").keep(ana, "one");
  now = 6 * day;
  tab("second").keep({ agentId: "bo", form: "upload 1" }, "two");
  expect(tab("third").values()).toEqual(["one", "two"]);
  now = 8 * day;
  expect(tab("third").values()).toEqual(["two"]);
  expect(kept.size).toBe(1);
});

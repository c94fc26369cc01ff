import { expect, test } from "vitest";
import { TransientFault } from "../../db/faults.ts";
import { makeLog } from "../../db/log.ts";

const NAME = "planted.person@contoso.example";

test("an error in the log keeps its type, its codes and its places, and nothing that was in it", () => {
  const { lines, log } = recorder();
  const error = Object.assign(new RangeError(`${NAME} exists\n    at ${NAME}:1:1`, { cause: new Error(NAME) }), {
    code: "23505",
    constraint: "users_active_upn",
    detail: `Key (upn)=(${NAME}) already exists.`,
    parameters: [NAME],
  });
  log.error({ err: error, batchId: "b1" }, "a chunk failed");
  log.warn({ error }, "an error under another name");
  const careless = log.error.bind(log) as unknown as (...values: unknown[]) => void;
  careless(error);
  careless(error, "an error and words");
  careless({ err: error });
  log.child({ part: "worker" }).error({ reason: error }, "from a child");
  expect(lines).toHaveLength(6);
  expect(lines.join("")).not.toContain(NAME);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: "error",
    batchId: "b1",
    msg: "a chunk failed",
    err: {
      type: "RangeError",
      code: "23505",
      constraint: "users_active_upn",
      at: [expect.stringContaining("log.test.ts")],
    },
  });
});

test("a transient fault in the log says its SQLSTATE", () => {
  const { lines, log } = recorder();
  log.info({ err: new TransientFault("40P01") }, "tried again");
  expect(JSON.parse(lines[0]!)).toMatchObject({ err: { type: "TransientFault", sqlstate: "40P01" } });
});

test("a child of the log with an error among its own fields keeps it as short", () => {
  const { lines, log } = recorder();
  log.child({ err: new Error(NAME) }).info("said later");
  expect(lines.join("")).not.toContain(NAME);
});

function recorder() {
  const lines: string[] = [];
  return { lines, log: makeLog("info", { write: (line) => lines.push(line) }) };
}

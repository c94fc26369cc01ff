import { expect, test } from "vitest";
import { makeTurns } from "../../core/limits/turns.ts";

test("no more than so many works are under way, those that wait go on in their order, and a failed one makes room", async () => {
  const inTurn = makeTurns(2);
  const order: string[] = [];
  let underWay = 0;
  let most = 0;
  const works = Array.from({ length: 8 }, (_, at) =>
    inTurn(async () => {
      most = Math.max(most, ++underWay);
      order.push(`begin ${at}`);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      if (at % 3 === 0) throw new Error(`work ${at}`);
      return at;
    }).catch((error: Error) => error.message),
  );
  expect(await Promise.all(works)).toEqual(["work 0", 1, 2, "work 3", 4, 5, "work 6", 7]);
  expect(most).toBe(2);
  expect(order).toEqual(Array.from({ length: 8 }, (_, at) => `begin ${at}`));
});

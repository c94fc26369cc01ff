import { expect, it } from "vitest";
import type { RetryPreview } from "../../../contract/retry-preview.ts";
import { asksFirst, goingOf, sumPreviews, toConfirm } from "../../../ui/batches/retry-sum.ts";

const brake = (needs: RetryPreview["brake"]["needs"]): RetryPreview["brake"] => ({
  users: 6,
  admins: 0,
  of: 9,
  needs,
  why: null,
});

const stay = (rows: number): RetryPreview["stay"][number] => ({
  code: "seat_shortage",
  title: "No seat is free",
  rows,
  example: { rowNo: 1, message: null },
});

it("what retries of several batches would do is one sum: by step what goes on, by cause what stays", () => {
  const previews: RetryPreview[] = [
    { rows: 30, goOn: [{ step: "licenses", rows: 20 }], stay: [stay(10)], brake: brake("approval") },
    {
      rows: 8,
      goOn: [
        { step: "licenses", rows: 1 },
        { step: null, rows: 5 },
      ],
      stay: [stay(2)],
      brake: brake(null),
    },
    { rows: 0, goOn: [], stay: [], brake: brake("confirmation") },
  ];
  const sum = sumPreviews(previews);
  expect(sum).toMatchObject({ rows: 38, going: 26, stay: [{ code: "seat_shortage", rows: 12 }] });
  expect(sum.goOn).toEqual([
    { step: "licenses", rows: 21 },
    { step: null, rows: 5 },
  ]);
  expect(previews.map(goingOf)).toEqual([20, 6, 0]);
  expect(previews.map(asksFirst)).toEqual([true, false, false]);
  expect(previews.map(toConfirm)).toEqual([0, 0, 6]);
});

it("nothing to retry is nothing, not an error", () => {
  expect(sumPreviews([])).toEqual({ rows: 0, goOn: [], going: 0, stay: [] });
});

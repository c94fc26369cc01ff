import { beforeEach, expect, it } from "vitest";
import type { Row } from "../../../contract/batch.ts";
import { type CellEdits, cellKey, makeCellEdits } from "../../../ui/batches/cell-edits.ts";
import { RequestFailed } from "../../../contract/request-failed.ts";
import { eventually } from "../../support/eventually.ts";

type Sent = { rowNo: number; values: Record<string, string | null> }[];

let sent: Sent[];
let answer: (rows: Sent) => Promise<void>;
let edits: CellEdits;
beforeEach(() => {
  sent = [];
  answer = async () => {};
  edits = makeCellEdits(
    async (rows) => {
      sent.push(rows);
      await answer(rows);
      return { items: rows.map(({ rowNo }) => ({ rowNo }) as Row) };
    },
    () => {},
  );
});

const change = (rowNo: number, label: string, value: string) => edits.change({ rowNo, label, value, shown: value });
const refusal = (code: string, rows: number[] = []) =>
  new RequestFailed({
    type: "about:blank",
    title: "",
    status: 409,
    code,
    detail: "no",
    errors: rows.map((row) => ({ row, message: "no" })),
  });
const settled = () => eventually(async () => expect(edits.state().cells.size).toBe(0));

it("changes that follow each other go out as one, the last value of each cell, an empty one as null", async () => {
  change(1, "City", "Oslo");
  change(1, "City", "Bergen");
  change(1, "Office", "");
  change(2, "City", "Lima");
  expect(edits.state().cells.get(cellKey(1, "City"))).toEqual({ value: "Bergen", problem: null });
  await settled();
  expect(sent).toEqual([
    [
      { rowNo: 1, values: { City: "Bergen", Office: null } },
      { rowNo: 2, values: { City: "Lima" } },
    ],
  ]);
  expect([...edits.state().saved]).toEqual([1, 2]);
});

it("a cell that is changed while it is sent goes out again, and not before the answer", async () => {
  answer = async () => {
    answer = async () => {};
    change(1, "City", "Bergen");
    edits.flush();
  };
  change(1, "City", "Oslo");
  await settled();
  expect(sent.map(([row]) => row?.values["City"])).toEqual(["Oslo", "Bergen"]);
});

it("rows that a refusal names keep what was typed and why; the others are saved", async () => {
  answer = (rows) =>
    rows.some(({ rowNo }) => rowNo === 2) ? Promise.reject(refusal("batch_state", [2])) : Promise.resolve();
  change(1, "City", "Oslo");
  change(2, "City", "Lima");
  await eventually(async () => expect([...edits.state().saved]).toEqual([1]));
  expect(edits.state().cells.get(cellKey(2, "City"))?.problem?.code).toBe("batch_state");
  answer = async () => {};
  edits.sendAgain();
  await settled();
  expect([...edits.state().saved]).toEqual([1, 2]);
});

it("a refusal that names no row holds for all, and giving up shows the cells as they were", async () => {
  answer = () => Promise.reject(refusal("unreachable"));
  change(1, "City", "Oslo");
  await eventually(async () => expect(edits.state().cells.get(cellKey(1, "City"))?.problem).not.toBeNull());
  edits.giveUp();
  expect(edits.state().cells.size).toBe(0);
  expect(sent).toHaveLength(1);
});

it("what meets the end of the session waits for the next one", async () => {
  answer = () => Promise.reject(refusal("unauthenticated"));
  change(1, "City", "Oslo");
  await eventually(async () => expect([sent.length, edits.state().saving]).toEqual([1, false]));
  expect(edits.state().cells.get(cellKey(1, "City"))).toEqual({ value: "Oslo", problem: null });
  answer = async () => {};
  edits.flush();
  await settled();
  expect(sent).toHaveLength(2);
});

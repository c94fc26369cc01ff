import { beforeEach, expect, it } from "vitest";
import type { Row } from "../../../contract/batch.ts";
import { type CellEdits, makeCellEdits } from "../../../ui/batches/cell-edits.ts";
import { cellKey, type KeptCell } from "../../../ui/batches/kept-cells.ts";
import { RequestFailed } from "../../../contract/request-failed.ts";
import { eventually } from "../../support/eventually.ts";

type Sent = { rowNo: number; values: Record<string, string | null> }[];

let sent: Sent[];
let answer: (rows: Sent) => Promise<void>;
let edits: CellEdits;
let kept: readonly KeptCell[];
let signedIn: string;
beforeEach(() => {
  sent = [];
  kept = [];
  signedIn = "ana";
  answer = async () => {};
  edits = open([]);
});

/** The cells of a batch as Ana's page has them, with what she left there earlier. */
function open(found: KeptCell[]): CellEdits {
  // What an earlier test leaves waiting goes out during the next one.
  const ofThisTest = sent;
  return makeCellEdits(
    async (rows) => {
      ofThisTest.push(rows);
      await answer(rows);
      return { items: rows.map(({ rowNo }) => ({ rowNo }) as Row) };
    },
    () => {},
    {
      found,
      isOurs: () => signedIn === "ana",
      keep: (cells) => {
        kept = cells;
      },
      answered: () => {},
    },
  );
}

const change = (rowNo: number, label: string, value: string) =>
  edits.change({ rowNo, label, before: "", value, secret: false });
const refusal = (code: string, rows: number[] = []) =>
  new RequestFailed({
    type: "about:blank",
    title: "",
    status: 409,
    code,
    detail: "no",
    errors: rows.map((row) => ({ row, message: "no" })),
  });
const saved = () => eventually(async () => expect(edits.state().cells.size).toBe(0));

it("changes that follow each other go out as one, the last value of each cell, an empty one as null", async () => {
  change(1, "City", "Oslo");
  change(1, "City", "Bergen");
  change(1, "Office", "");
  change(2, "City", "Lima");
  expect(edits.state().cells.get(cellKey({ rowNo: 1, label: "City" }))).toEqual({ value: "Bergen", problem: null });
  await saved();
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
  await saved();
  expect(sent.map(([row]) => row?.values["City"])).toEqual(["Oslo", "Bergen"]);
});

it("rows that a refusal names keep what was typed and why; the others are saved", async () => {
  answer = (rows) =>
    rows.some(({ rowNo }) => rowNo === 2) ? Promise.reject(refusal("batch_state", [2])) : Promise.resolve();
  change(1, "City", "Oslo");
  change(2, "City", "Lima");
  await eventually(async () => expect([...edits.state().saved]).toEqual([1]));
  expect(edits.state().cells.get(cellKey({ rowNo: 2, label: "City" }))?.problem?.code).toBe("batch_state");
  answer = async () => {};
  edits.sendAgain();
  await saved();
  expect([...edits.state().saved]).toEqual([1, 2]);
});

it("a refusal that names no row holds for all, and giving up shows the cells as they were", async () => {
  answer = () => Promise.reject(refusal("unreachable"));
  change(1, "City", "Oslo");
  await eventually(async () =>
    expect(edits.state().cells.get(cellKey({ rowNo: 1, label: "City" }))?.problem).not.toBeNull(),
  );
  edits.giveUp();
  expect(edits.state().cells.size).toBe(0);
  expect(sent).toHaveLength(1);
});

it("what meets the end of the session waits for the next one", async () => {
  answer = () => Promise.reject(refusal("unauthenticated"));
  change(1, "City", "Oslo");
  await eventually(async () => expect([sent.length, edits.state().saving]).toEqual([1, false]));
  expect(edits.state().cells.get(cellKey({ rowNo: 1, label: "City" }))).toEqual({ value: "Oslo", problem: null });
  answer = async () => {};
  edits.flush();
  await saved();
  expect(sent).toHaveLength(2);
});

const texts = () => kept.map(({ rowNo, label, value }) => `${rowNo} ${label} ${value}`);

it("what is typed, waits or was refused is kept until it is saved or given up", async () => {
  answer = () => Promise.reject(refusal("unreachable"));
  change(1, "City", "Oslo");
  edits.type({ rowNo: 2, label: "City", before: "Lim", value: "Lima", secret: false });
  expect(texts()).toEqual(["1 City Oslo", "2 City Lima"]);
  await eventually(async () =>
    expect(edits.state().cells.get(cellKey({ rowNo: 1, label: "City" }))?.problem).toBeTruthy(),
  );
  expect(texts()).toEqual(["1 City Oslo", "2 City Lima"]);
  expect(edits.isDirty()).toBe(true);
  edits.type(null);
  answer = async () => {};
  edits.sendAgain();
  await saved();
  expect([texts(), edits.isDirty()]).toEqual([[], false]);
});

it("what a cell held when it was opened is what its text replaces, whoever changes it meanwhile", () => {
  edits.type({ rowNo: 1, label: "City", before: "Oslo", value: "Ber", secret: false });
  edits.type({ rowNo: 1, label: "City", before: "Lima", value: "Berg", secret: false });
  expect(kept).toEqual([{ rowNo: 1, label: "City", before: "Oslo", value: "Berg", secret: false }]);
  edits.change({ rowNo: 1, label: "City", before: "Lima", value: "Bergen", secret: false });
  expect(kept).toMatchObject([{ before: "Oslo", value: "Bergen" }]);
});

it("a password is neither kept nor shown", () => {
  edits.type({ rowNo: 1, label: "Password", before: "(password)", value: "typed so far", secret: true });
  edits.change({ rowNo: 2, label: "Password", before: "(password)", value: "one password 1", secret: true });
  expect(kept).toEqual([]);
  expect(edits.state().cells.get(cellKey({ rowNo: 2, label: "Password" }))?.value).toBe("(password)");
});

it("what was left is sent only when it is taken up, and a cell that is typed into again takes its place", async () => {
  const left = ["City", "Office", "Street"].map((label) => ({ rowNo: 1, label, before: "a", value: "b" }));
  edits = open(left);
  change(1, "Street", "c");
  expect(edits.state().left.map(({ label }) => label)).toEqual(["City", "Office"]);
  await saved();
  edits.takeUp(
    left.filter(({ label }) => label === "City"),
    [{ ...left[0]!, before: "somebody's" }],
  );
  await saved();
  expect(sent).toEqual([[{ rowNo: 1, values: { Street: "c" } }], [{ rowNo: 1, values: { City: "b" } }]]);
  expect(texts()).toEqual(["1 Office b"]);
  edits.drop(edits.state().left);
  expect([edits.state().left, texts()]).toEqual([[], []]);
});

it("another agent who signs in on the page sends nothing of what waits", async () => {
  answer = () => Promise.reject(refusal("unauthenticated"));
  change(1, "City", "Oslo");
  await eventually(async () => expect([sent.length, edits.state().saving]).toEqual([1, false]));
  answer = async () => {};
  signedIn = "bo";
  edits.flush();
  edits.sendAgain();
  expect([sent.length, edits.state().saving]).toEqual([1, false]);
  signedIn = "ana";
  edits.flush();
  await saved();
});

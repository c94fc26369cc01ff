import type { ReactNode } from "react";
import type { Row } from "../../contract/batch.ts";
import { batchTexts } from "./batch-texts.ts";
import { besideNumber, problemsOfRow, type CellColumn } from "./batch-cells.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { personName } from "./person-name.ts";
import { PlannedStatus } from "./PlannedStatus.tsx";
import { texts } from "../kit/texts.ts";
import { RowButton } from "./RowWords.tsx";
import { RowPlanWord, RowStatus } from "./Status.tsx";
import type { VirtualColumn } from "../kit/virtual-column.ts";

const words = batchTexts.batch;
const wideFields: (string | null)[] = ["userPrincipalName", "otherMail", "streetAddress"];
const cellPrefix = "cell ";

/** The columns that say how a row stands, then the file's own. `explained` says whether any row has something to say. */
export function rowColumns(
  cells: CellColumn[],
  { explained, started }: { explained: boolean; started: boolean },
  cell: (column: CellColumn, row: Row) => ReactNode,
): VirtualColumn<Row>[] {
  return [
    {
      key: "rowNo",
      header: words.row,
      track: "72px",
      numeric: true,
      stuckAt: "0",
      cell: ({ rowNo }) => <RowButton rowNo={rowNo} tabIndex={-1} />,
    },
    {
      key: "person",
      header: batchPlanTexts.person,
      track: "190px",
      stuckAt: "72px",
      cell: ({ person }) => (
        <span title={person.userPrincipalName ?? undefined}>{personName(person) ?? texts.common.none}</span>
      ),
    },
    ...(started ? [plan, outcome] : [willHappen]),
    ...(explained ? [why] : []),
    ...cells.map((column): VirtualColumn<Row> => ({
      key: cellPrefix + column.label,
      header: column.title,
      track: wideFields.includes(column.field) ? "minmax(250px, 1fr)" : "minmax(160px, 1fr)",
      cell: (row) => cell(column, row),
    })),
  ];
}

const plan: VirtualColumn<Row> = {
  key: "plan",
  header: words.planned,
  track: "100px",
  cell: (row) => <RowPlanWord plan={row.plan} />,
};

const outcome: VirtualColumn<Row> = {
  key: "state",
  header: words.outcome,
  track: "124px",
  cell: ({ state }) => <RowStatus state={state} />,
};

const willHappen: VirtualColumn<Row> = {
  key: "state",
  header: batchPlanTexts.willHappen,
  track: "150px",
  cell: (row) => <PlannedStatus row={row} />,
};

const why: VirtualColumn<Row> = {
  key: "message",
  header: words.message,
  track: "minmax(280px, 360px)",
  cell: (row) => {
    const said = problemsOfRow(row).flatMap(({ message }) => besideNumber(message) ?? []);
    return <span title={said.join("\n")}>{said.join(" ")}</span>;
  },
};

/** The label of the file's column under `key`, or null for a column that is Muster's. */
export function cellLabel(key: string): string | null {
  return key.startsWith(cellPrefix) ? key.slice(cellPrefix.length) : null;
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { pages } from "../../contract/pages.ts";
import type { Batch, Row } from "../../contract/batch.ts";
import { causesQuery, type RowListFilter, rowsQuery } from "./batch-queries.ts";
import type { CellEditing } from "./use-cell-edits.ts";
import { formatCount } from "../kit/format.ts";
import { hasOutcomes } from "./batch-outcome.ts";
import { batchTexts } from "./batch-texts.ts";
import { Loading } from "../kit/Loading.tsx";
import { texts } from "../kit/texts.ts";
import { cellColumns, changeOf, isAtFault, mayChange, tellingColumns, viewCell } from "./batch-cells.ts";
import styles from "./BatchRows.module.css";
import { WithPane } from "../kit/DetailsPane.tsx";
import { EditNotices } from "./EditNotices.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { cellLabel, rowColumns } from "./row-columns.tsx";
import { RowActs } from "./RowActs.tsx";
import { RowCell } from "./RowCell.tsx";
import { RowFilters } from "./RowFilters.tsx";
import { RowPane } from "./RowPane.tsx";
import { NarrowRow } from "./RowWords.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { ColumnChooser } from "../kit/ColumnChooser.tsx";
import { useColumnChoice } from "../kit/use-column-choice.ts";
import { useRow } from "./use-row.ts";
import { useIsNarrow } from "../kit/use-is-narrow.ts";
import { useOpenCell } from "./use-open-cell.ts";
import { VirtualTable } from "../kit/VirtualTable.tsx";

const words = batchTexts.batch;
const noRows: Row[] = [];

/** Every row of a batch with its plan, its outcome and its cells, which can be changed; filtered by what stands in the address. */
export function BatchRows({ batch, editing }: { batch: Batch; editing: CellEditing }) {
  const { plan, state, code, row: chosenNo } = useSearch({ from: "/frame/batches/$batchId" });
  const navigate = useNavigate({ from: pages.batch.path });
  const list = useInfiniteQuery(rowsQuery(batch.id, { plan, state, code }));
  const causes = useQuery(causesQuery(batch.id));
  const { edits, state: edited } = editing;
  const narrow = useIsNarrow();
  const started = batch.startedAt !== null;
  const ended = hasOutcomes(batch);
  useEffect(() => edits.forgetRows(), [edits, plan, state, code, batch.state]);
  useEffect(() => edits.forgetSaved(), [edits, started]);
  const read = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const items = useMemo(() => withEdited(read, edited.rows), [read, edited.rows]);
  const rows = items ?? noRows;

  const choose = (row: number | undefined) =>
    void navigate({ search: (now) => ({ ...now, row }), replace: true, resetScroll: false });
  const filter = (part: RowListFilter) =>
    void navigate({ search: (now) => ({ ...now, row: undefined, ...part }), replace: true, resetScroll: false });

  const cells = useMemo(() => cellColumns(batch, rows), [batch.header, batch.columns, rows]);
  const choice = useColumnChoice(
    `batch ${batch.id}`,
    cells.map(({ label }) => label),
    useMemo(() => tellingColumns(cells, rows), [cells, rows]),
  );
  const shown = cells.filter((column) => choice.shown.includes(column.label) || isAtFault(column, rows));
  const { isOpen, done, setOpen } = useOpenCell(edits, rows, shown, (row) => mayChange(batch, row));
  const columns = rowColumns(
    shown,
    { explained: rows.some(({ message }) => message !== null), started: ended },
    (column, row) => {
      const place = { rowNo: row.rowNo, label: column.label };
      const view = viewCell(column, row, edited);
      return (
        <RowCell
          column={column}
          view={view}
          open={isOpen(place)}
          onType={(text) => edits.type(text === null ? null : changeOf(place, view, text))}
          onDone={(value, after) => done(place, view, value, after)}
        />
      );
    },
  );
  const at = rows.findIndex(({ rowNo }) => rowNo === chosenNo);
  const open = useRow(batch, chosenNo, rows[at]);
  const anchor = useRef<HTMLDivElement>(null);
  const arrivedAt = useRef(chosenNo);
  useEffect(() => {
    // A link to a row leads to where it stands.
    if (arrivedAt.current !== undefined) anchor.current?.scrollIntoView();
  }, []);
  const filtered = plan !== undefined || state !== undefined || code !== undefined;
  const total = filtered ? undefined : batch.totals.rows;
  return (
    <Section
      title={words.rowsHeading}
      {...(rows.some((row) => mayChange(batch, row)) && {
        lead: narrow ? batchTexts.cells.howToNarrow : batchTexts.cells.howTo,
      })}
    >
      <div id="rows" ref={anchor} className={styles.anchor} />
      <WithPane
        pane={
          chosenNo !== undefined && (
            <RowPane
              batch={batch}
              rowNo={chosenNo}
              row={open.row}
              columns={cells}
              edits={edits}
              edited={edited}
              loading={items === undefined || open.isLoading}
              onClose={() => choose(undefined)}
              onPrevious={at > 0 ? () => choose(rows[at - 1]?.rowNo) : undefined}
              onNext={at >= 0 && rows[at + 1] !== undefined ? () => choose(rows[at + 1]?.rowNo) : undefined}
            />
          )
        }
      >
        <Toolbar
          end={
            <>
              {ended && <RowActs batch={batch} filter={{ plan, state, code }} />}
              {items !== undefined && countWords(items.length, total, list.hasNextPage)}
            </>
          }
        >
          <RowFilters
            operation={batch.operation}
            value={{ plan, state, code }}
            started={ended}
            codes={(causes.data ?? []).map((cause) => cause.code)}
            onChange={filter}
          />
          {!narrow && cells.length > 1 && (
            <ColumnChooser columns={cells.map(({ label, title }) => ({ key: label, label: title }))} choice={choice} />
          )}
        </Toolbar>
        <EditNotices batch={batch} rows={rows} columns={cells} edits={edits} state={edited} />
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {items === undefined ? (
          !list.isError && <Loading />
        ) : (
          <Sheet>
            {items.length === 0 ? (
              <EmptyState heading="h3" title={words.noRows} lead={words.noRowsLead} />
            ) : (
              <VirtualTable
                label={words.table}
                columns={columns}
                items={items}
                total={total}
                itemKey={({ rowNo }) => rowNo}
                chosenKey={chosenNo}
                onChoose={({ rowNo }) => choose(rowNo)}
                opening={{
                  mayOpen: (row, key) => cellLabel(key) !== null && mayChange(batch, row),
                  onOpen: ({ rowNo }, key) => setOpen({ rowNo, label: cellLabel(key) ?? "" }),
                }}
                narrowRow={(row) => <NarrowRow row={row} batch={batch} />}
                more={{
                  has: list.hasNextPage,
                  loading: list.isFetchingNextPage,
                  load: () => void list.fetchNextPage(),
                }}
              />
            )}
          </Sheet>
        )}
      </WithPane>
    </Section>
  );
}

function countWords(shown: number, total: number | undefined, more: boolean): string {
  if (total !== undefined) return texts.units.rows(total);
  return more ? `${formatCount(shown)}+` : texts.units.rows(shown);
}

/** The rows that were read, with those among them that were changed here and that the filter leaves out by now. */
function withEdited(read: Row[] | undefined, edited: ReadonlyMap<number, Row>): Row[] | undefined {
  if (read === undefined || edited.size === 0) return read;
  const there = new Set(read.map(({ rowNo }) => rowNo));
  const left = [...edited.values()].filter(({ rowNo }) => !there.has(rowNo));
  return left.length === 0 ? read : [...read, ...left].sort((one, other) => one.rowNo - other.rowNo);
}

import { Button, Select, Spinner } from "@fluentui/react-components";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Batch, type Row, rowPlans, rowStates } from "../../contract/batch.ts";
import { causeCodes, causes as allCauses } from "../../contract/codes.ts";
import { causesQuery, rowsQuery } from "../client/queries.ts";
import { formatCount } from "../format.ts";
import { texts } from "../texts.ts";
import styles from "./BatchRows.module.css";
import { WithPane } from "./DetailsPane.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { RowPane } from "./RowPane.tsx";
import { Section, Sheet } from "./Section.tsx";
import { RowPlanWord, RowStatus } from "./Status.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { type VirtualColumn, VirtualTable } from "./VirtualTable.tsx";

const words = texts.batch;
const wideFields: string[] = ["userPrincipalName", "otherMail", "streetAddress"];

/** Every row of a batch with its plan, its outcome and its cells, filtered by what stands in the address. */
export function BatchRows({ batch }: { batch: Batch }) {
  const { plan, state, code, row: chosenNo } = useSearch({ from: "/frame/batches/$batchId" });
  const navigate = useNavigate({ from: "/batches/$batchId" });
  const list = useInfiniteQuery(rowsQuery(batch.id, { plan, state, code }));
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const causes = useQuery(causesQuery(batch.id));
  const choose = (row: number | undefined) =>
    void navigate({ search: (now) => ({ ...now, row }), replace: true, resetScroll: false });
  const filter = (part: { plan?: string; state?: string; code?: string }) =>
    void navigate({
      search: (now) => ({
        ...now,
        row: undefined,
        ...("plan" in part && { plan: rowPlans.find((one) => one === part.plan) }),
        ...("state" in part && { state: rowStates.find((one) => one === part.state) }),
        ...("code" in part && { code: causeCodes.find((one) => one === part.code) }),
      }),
      replace: true,
      resetScroll: false,
    });

  const filtered = plan !== undefined || state !== undefined || code !== undefined;
  const codes = new Set([...(causes.data ?? []).map((cause) => cause.code), ...(code === undefined ? [] : [code])]);
  const explained = (causes.data?.length ?? 0) > 0;
  const columns = useMemo(
    () => columnsOf(batch).filter(({ key }) => explained || key !== "message"),
    [batch.header, batch.columns, explained],
  );
  const at = items?.findIndex(({ rowNo }) => rowNo === chosenNo) ?? -1;
  const total = filtered ? undefined : batch.totals.rows;
  return (
    <Section title={words.rowsHeading}>
      <div id="rows" className={styles.anchor} />
      <WithPane
        pane={
          chosenNo !== undefined && (
            <RowPane
              batch={batch}
              rowNo={chosenNo}
              row={items?.[at]}
              loading={items === undefined}
              onClose={() => choose(undefined)}
              onPrevious={at > 0 ? () => choose(items?.[at - 1]?.rowNo) : undefined}
              onNext={at >= 0 && items?.[at + 1] !== undefined ? () => choose(items[at + 1]?.rowNo) : undefined}
            />
          )
        }
      >
        <Toolbar
          end={
            items !== undefined &&
            (total !== undefined
              ? texts.units.rows(total)
              : list.hasNextPage
                ? `${formatCount(items.length)}+`
                : texts.units.rows(items.length))
          }
        >
          <Select
            aria-label={words.filterPlan}
            value={plan ?? ""}
            onChange={(_event, { value }) => filter({ plan: value })}
          >
            <option value="">{`${words.filterPlan}: ${texts.common.all}`}</option>
            {rowPlans.map((one) => (
              <option key={one} value={one}>
                {words.plan[one]}
              </option>
            ))}
          </Select>
          <Select
            aria-label={words.filterState}
            value={state ?? ""}
            onChange={(_event, { value }) => filter({ state: value })}
          >
            <option value="">{`${words.filterState}: ${texts.common.all}`}</option>
            {rowStates.map((one) => (
              <option key={one} value={one}>
                {words.states[one]}
              </option>
            ))}
          </Select>
          {codes.size > 0 && (
            <Select
              aria-label={words.filterCause}
              value={code ?? ""}
              onChange={(_event, { value }) => filter({ code: value })}
            >
              <option value="">{`${words.filterCause}: ${texts.common.all}`}</option>
              {[...codes].map((one) => (
                <option key={one} value={one}>
                  {allCauses[one].title}
                </option>
              ))}
            </Select>
          )}
          {filtered && (
            <Button appearance="subtle" onClick={() => filter({ plan: "", state: "", code: "" })}>
              {words.clearFilters}
            </Button>
          )}
        </Toolbar>
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {items === undefined ? (
          !list.isError && <Spinner label={texts.common.loading} />
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

/** The row's number stands beside its message, so the message need not say it again. */
function besideNumber(message: string | null): string | null {
  return message?.replace(/^Row \d+(?:, |: )(.)/, (_all, first: string) => first.toUpperCase()) ?? null;
}

/** The columns that say how the row stands, then the file's own. */
function columnsOf(batch: Batch): VirtualColumn<Row>[] {
  const labels = labelsOf(batch);
  return [
    {
      key: "rowNo",
      header: words.row,
      track: "72px",
      numeric: true,
      stuckAt: "0",
      cell: ({ rowNo }) => <RowButton rowNo={rowNo} />,
    },
    { key: "plan", header: words.planned, track: "100px", cell: ({ plan }) => <RowPlanWord plan={plan} /> },
    { key: "state", header: words.outcome, track: "124px", cell: ({ state }) => <RowStatus state={state} /> },
    {
      key: "message",
      header: words.message,
      track: "minmax(280px, 360px)",
      cell: ({ message }) => <span title={message ?? undefined}>{besideNumber(message)}</span>,
    },
    ...labels.map((label, at): VirtualColumn<Row> => ({
      key: `cell ${label}`,
      header: label,
      track: wideFields.includes(batch.columns[at] ?? "") ? "minmax(250px, 1fr)" : "minmax(160px, 1fr)",
      cell: ({ input, column }) => (
        <span className={column === label ? styles.bad : undefined} title={input[label]}>
          {input[label]}
        </span>
      ),
    })),
  ];
}

/** The keys of a row's cells: a blank header has its place for a name, a repeated one a number, as the api has them. */
function labelsOf({ header }: Batch): string[] {
  const seen = new Map<string, number>();
  return header.map((label, at) => {
    const base = label === "" ? `Column ${at + 1}` : label;
    const times = (seen.get(base) ?? 0) + 1;
    seen.set(base, times);
    return times === 1 ? base : `${base} (${times})`;
  });
}

/** The keyboard's way into a row: the click goes on to the row itself. */
function RowButton({ rowNo }: { rowNo: number }) {
  return (
    <button type="button" className={styles.rowNo} aria-label={words.rowTitle(rowNo)}>
      {formatCount(rowNo)}
    </button>
  );
}

function NarrowRow({ row, batch }: { row: Row; batch: Batch }) {
  const { rowNo, state, plan, message, input } = row;
  return (
    <>
      <div className={styles.first}>
        <RowButton rowNo={rowNo} />
        <span className={styles.who}>{nameOf(batch, input)}</span>
        {batch.startedAt === null ? <RowPlanWord plan={plan} /> : <RowStatus state={state} />}
      </div>
      <div className={styles.second}>{besideNumber(message) ?? words.planHints[plan]}</div>
    </>
  );
}

function nameOf(batch: Batch, input: Row["input"]): string {
  const labels = labelsOf(batch);
  for (const field of ["displayName", "userPrincipalName"]) {
    const value = input[labels[batch.columns.indexOf(field)] ?? ""];
    if (value !== undefined && value !== "") return value;
  }
  return Object.values(input).find((value) => value !== "") ?? "";
}

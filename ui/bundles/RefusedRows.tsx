import { useInfiniteQuery } from "@tanstack/react-query";
import type { Bundle, RefusedRow } from "../../contract/bundle.ts";
import { describeCode } from "../../contract/codes.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatCount } from "../kit/format.ts";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { refusedRowsQuery } from "./bundle-queries.ts";
import { bundleTexts } from "./bundle-texts.ts";

/** The rows of a file that went into no batch, each with why. */
export function RefusedRows({ bundle: { id, refused } }: { bundle: Bundle }) {
  const list = useInfiniteQuery(refusedRowsQuery(id));
  const title = bundleTexts.refused(refused);
  return (
    <Section title={title} lead={bundleTexts.refusedLead}>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      <Sheet>
        <DataTable
          label={title}
          columns={columns}
          items={list.data?.pages.flatMap(({ items }) => items)}
          itemKey={({ rowNo }) => String(rowNo)}
        />
      </Sheet>
      <MoreButton list={list} />
    </Section>
  );
}

const columns: Column<RefusedRow>[] = [
  {
    key: "row",
    header: bundleTexts.row,
    numeric: true,
    width: "80px",
    narrow: "wideOnly",
    cell: ({ rowNo }) => formatCount(rowNo),
  },
  {
    key: "why",
    header: bundleTexts.why,
    narrow: "line",
    cell: ({ code, message }) => (
      <>
        <strong>{describeCode(code).title}.</strong> {message}
      </>
    ),
  },
];

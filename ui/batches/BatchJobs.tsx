import { Button } from "@fluentui/react-components";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Chunk, chunkRows, firstChunkRows, jobAddress } from "../../contract/chunk.ts";
import type { Batch } from "../../contract/batch.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatCount } from "../kit/format.ts";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import { chunksQuery } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";

const words = batchWorkTexts.jobs;

/** The jobs that carry a batch out, each with the way to it in Bull Board; they are read once they are asked for. */
export function BatchJobs({ batch }: { batch: Batch }) {
  const [shown, setShown] = useState(false);
  const list = useInfiniteQuery({ ...chunksQuery(batch.id), enabled: shown });
  return (
    <Section
      title={words.title}
      lead={words.lead}
      acts={
        !shown && (
          <Button size="small" onClick={() => setShown(true)}>
            {words.show(jobsOf(batch.totals.rows))}
          </Button>
        )
      }
    >
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {shown && !list.isError && (
        <Sheet>
          <DataTable
            label={words.title}
            columns={columns}
            items={list.data?.pages.flatMap(({ items }) => items)}
            itemKey={({ no }) => String(no)}
          />
        </Sheet>
      )}
      {shown && <MoreButton list={list} />}
    </Section>
  );
}

function jobsOf(rows: number): number {
  return 1 + Math.max(0, Math.ceil((rows - firstChunkRows) / chunkRows));
}

const columns: Column<Chunk>[] = [
  {
    key: "rows",
    header: words.part,
    narrow: "lead",
    cell: ({ rowFrom, rowTo }) => words.range(rowFrom, rowTo),
  },
  { key: "state", header: words.state, width: "140px", cell: ({ state }) => words.states[state] },
  {
    key: "runs",
    header: words.runs,
    numeric: true,
    narrow: "wideOnly",
    width: "80px",
    cell: ({ run }) => formatCount(run),
  },
  {
    key: "failed",
    header: words.failed,
    numeric: true,
    narrow: "wideOnly",
    width: "150px",
    cell: ({ totals }) => formatCount(totals.failed + totals.partial),
  },
  {
    key: "job",
    header: texts.common.more,
    narrow: "end",
    width: "180px",
    cell: ({ job }) => (job === null ? words.none : <a href={jobAddress(job)}>{words.open}</a>),
  },
];

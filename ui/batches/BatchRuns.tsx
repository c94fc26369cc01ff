import { useQuery } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import type { RunsOfBatch } from "../../contract/overview.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatCount, formatTime } from "../kit/format.ts";
import { paceBars } from "../kit/pace-bars.ts";
import { PaceChart } from "../kit/PaceChart.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import { runsQuery } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import styles from "./BatchRuns.module.css";

const words = batchWorkTexts.runs;
const mostBars = 120;

type Run = RunsOfBatch["runs"][number];

/** How fast a batch went, and its retries beside its first run; nothing for a batch of one moment and one run. */
export function BatchRuns({ batch }: { batch: Batch }) {
  const found = useQuery(runsQuery(batch)).data;
  if (found === undefined || (found.spans.length < 2 && found.runs.length < 2)) return null;
  const { seconds, spans, runs } = found;
  const [first, last] = [spans[0], spans.at(-1)];
  return (
    <div className={styles.parts}>
      {first !== undefined && last !== undefined && spans.length > 1 && (
        <Section title={batchWorkTexts.pace.title} lead={batchWorkTexts.pace.label}>
          <Sheet>
            <PaceChart
              label={batchWorkTexts.pace.label}
              perSeconds={1}
              pace={paceBars(found, {
                fromMs: Date.parse(first.at),
                toMs: Date.parse(last.at) + seconds * 1000,
                most: mostBars,
              })}
            />
          </Sheet>
        </Section>
      )}
      {runs.length > 1 && (
        <Section title={words.title} lead={words.lead}>
          <Sheet>
            <DataTable
              label={words.title}
              columns={columns}
              items={runs.toReversed()}
              itemKey={({ no }) => String(no)}
            />
          </Sheet>
        </Section>
      )}
    </div>
  );
}

const count = (key: "succeeded" | "partial" | "failed"): Column<Run> => ({
  key,
  header: texts.pace.outcomes[key],
  numeric: true,
  width: "90px",
  narrow: "wideOnly",
  cell: (run) => formatCount(run[key]),
});

const columns: Column<Run>[] = [
  {
    key: "no",
    header: words.no,
    narrow: "lead",
    cell: ({ no, by, startedAt }) => (
      <div className={styles.run}>
        <strong>{no === 1 ? words.first : words.retry(no)}</strong>
        <span>{words.by(by, formatTime(startedAt))}</span>
      </div>
    ),
  },
  count("succeeded"),
  count("partial"),
  count("failed"),
];

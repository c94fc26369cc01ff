import { Link } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { batchTexts } from "../batches/batch-texts.ts";
import { batchTitle } from "../batches/batch-title.ts";
import { formatDuration, formatRate } from "../kit/format.ts";
import { Section, Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import { homeTexts } from "./home-texts.ts";
import styles from "./RunningBatches.module.css";

const words = homeTexts.running;

/** The batches that run now, each with a bar by outcome, its rate and the time left; nothing where none runs. */
export function RunningBatches({ batches }: { batches: Batch[] | undefined }) {
  if (batches === undefined || batches.length === 0) return null;
  return (
    <Section title={words.title} lead={words.lead}>
      <Sheet>
        <ul className={styles.list} aria-label={words.title}>
          {batches.map((batch) => (
            <Running key={batch.id} batch={batch} />
          ))}
        </ul>
      </Sheet>
    </Section>
  );
}

function Running({ batch }: { batch: Batch }) {
  const { id, totals, customerName, rowsPerSecond, etaSeconds } = batch;
  const ended = totals.rows - totals.pending;
  const share = (part: number) => ({ width: `${totals.rows === 0 ? 0 : (part / totals.rows) * 100}%` });
  const pace = [
    texts.common.of(ended, totals.rows),
    rowsPerSecond !== null && batchTexts.batch.rate(formatRate(rowsPerSecond)),
    etaSeconds !== null && batchTexts.batch.left(formatDuration(etaSeconds)),
  ].filter(Boolean);
  return (
    <li className={styles.batch}>
      <div className={styles.words}>
        <Link to={pages.batch.path} params={{ batchId: id }} className={styles.title}>
          {batchTitle({ ...batch, rows: totals.rows })}
        </Link>
        <span className={styles.quiet}>{customerName}</span>
        <span className={styles.pace}>{pace.join(" · ")}</span>
      </div>
      <div className={styles.bar} aria-hidden>
        <span data-tone="good" style={share(totals.succeeded + totals.unchanged)} />
        <span data-tone="warn" style={share(totals.partial)} />
        <span data-tone="bad" style={share(totals.failed)} />
      </div>
    </li>
  );
}

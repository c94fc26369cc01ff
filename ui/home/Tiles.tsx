import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { BatchState } from "../../contract/batch.ts";
import type { Overview } from "../../contract/overview.ts";
import { pages } from "../../contract/pages.ts";
import { formatCount } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { homeTexts } from "./home-texts.ts";
import styles from "./Tiles.module.css";

const words = homeTexts.tiles;
/** The overview lists so many of a kind at most. */
const listedAtMost = 50;

/** Four numbers that tell how things stand, each with the way to what it counts. */
export function Tiles({ overview, running }: { overview: Overview | undefined; running: number | undefined }) {
  const waiting = (state: BatchState) => overview?.waiting.filter((batch) => batch.state === state).length;
  const whole = (overview?.waiting.length ?? 0) < listedAtMost;
  const counted = (amount: number | undefined) =>
    amount === undefined ? texts.common.none : whole ? formatCount(amount) : words.atLeast(amount);
  const failed = overview?.failures.reduce((sum, { rows }) => sum + rows, 0);
  return (
    <nav aria-label={words.label} className={styles.tiles}>
      <Tile label={words.running} tone="busy" state="running">
        {running === undefined ? texts.common.none : formatCount(running)}
      </Tile>
      <Link to="." hash="failures" className={styles.tile} data-tone={(failed ?? 0) > 0 ? "bad" : "quiet"}>
        <span className={styles.count}>{failed === undefined ? texts.common.none : formatCount(failed)}</span>
        <span>{words.failures}</span>
      </Link>
      <Tile label={words.ready} tone="warn" state="ready">
        {counted(waiting("ready"))}
      </Tile>
      <Tile label={words.scheduled} tone="quiet" state="scheduled">
        {counted(waiting("scheduled"))}
      </Tile>
    </nav>
  );
}

function Tile({
  label,
  tone,
  state,
  children,
}: {
  label: string;
  tone: string;
  state: BatchState;
  children: ReactNode;
}) {
  return (
    <Link to={pages.batches.path} search={{ state }} className={styles.tile} data-tone={tone}>
      <span className={styles.count}>{children}</span>
      <span>{label}</span>
    </Link>
  );
}

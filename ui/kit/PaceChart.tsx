import { useId } from "react";
import { formatCount, formatDuration, formatRate } from "./format.ts";
import { endedOutcomes, type PaceBar, type PaceBars, roundedUp } from "./pace-bars.ts";
import { texts } from "./texts.ts";
import styles from "./PaceChart.module.css";

const words = texts.pace;
const high = 100;
const mostTicks = 6;

/**
 * A drawing of how many rows ended when, by outcome; `perSeconds` is the time that its numbers are told for, such as 60
 * for rows per minute. Its sentence says the same in words, and the table under it has every number.
 */
export function PaceChart({ pace, perSeconds, label }: { pace: PaceBars; perSeconds: 1 | 60; label: string }) {
  const caption = useId();
  const { bars, barSeconds, peak, sums } = pace;
  const unit = perSeconds === 60 ? words.perMinute : words.perSecond;
  const rate = (rows: number) => (rows / barSeconds) * perSeconds;
  const top = roundedUp(rate(peak.rows));
  const filled = bars.filter(({ rows }) => rows > 0);
  const when = timeWriter(bars);
  const tickEvery = Math.max(1, Math.ceil(bars.length / mostTicks));
  return (
    <figure className={styles.figure}>
      <div className={styles.legend}>
        {endedOutcomes.map((outcome) => (
          <span key={outcome} className={styles.entry}>
            <span className={styles.sign} data-outcome={outcome} />
            {words.outcomes[outcome]}
          </span>
        ))}
      </div>
      <div className={styles.drawing} aria-hidden>
        <span className={styles.top}>
          {formatRate(top)} {unit}
        </span>
        <svg viewBox={`0 0 ${bars.length} ${high}`} preserveAspectRatio="none" className={styles.bars}>
          <line x1={0} x2={bars.length} y1={high / 2} y2={high / 2} className={styles.line} />
          {bars.map((bar, at) => (
            <Bar key={bar.at} bar={bar} at={at} scale={(rows) => (rate(rows) / top) * high}>
              {`${when(bar.at)}: ${formatRate(rate(bar.rows))} ${unit}`}
            </Bar>
          ))}
        </svg>
        <div className={styles.ticks}>
          {bars
            .filter((_bar, at) => at % tickEvery === 0)
            .map(({ at }) => (
              <span key={at}>{when(at)}</span>
            ))}
        </div>
      </div>
      <figcaption id={caption} className={styles.caption}>
        {sums.rows === 0
          ? words.none
          : words.sentence(
              endedOutcomes.filter((one) => sums[one] > 0).map((one) => words.ended(one, formatCount(sums[one]))),
              `${formatRate(rate(peak.rows))} ${unit}`,
              when(peak.at),
            )}
      </figcaption>
      {filled.length > 0 && (
        <details className={styles.details}>
          <summary>{words.asTable}</summary>
          <div className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
            <table aria-label={label}>
              <thead>
                <tr>
                  <th scope="col">{words.step(formatDuration(barSeconds))}</th>
                  {endedOutcomes.map((outcome) => (
                    <th key={outcome} scope="col">
                      {words.outcomes[outcome]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {filled.map((bar) => (
                  <tr key={bar.at}>
                    <th scope="row">{when(bar.at)}</th>
                    {endedOutcomes.map((outcome) => (
                      <td key={outcome}>{formatCount(bar[outcome])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  );
}

function Bar({
  bar,
  at,
  scale,
  children,
}: {
  bar: PaceBar;
  at: number;
  scale: (rows: number) => number;
  children: string;
}) {
  if (bar.rows === 0) return null;
  let below = high;
  return (
    <g>
      <title>{children}</title>
      {endedOutcomes.map((outcome) => {
        const height = scale(bar[outcome]);
        below -= height;
        return height === 0 ? null : (
          <rect key={outcome} x={at + 0.08} width={0.84} y={below} height={height} data-outcome={outcome} />
        );
      })}
    </g>
  );
}

/** Writes moments of a drawing: by the clock, with seconds where the bars are that fine, and with the day over several days. */
function timeWriter(bars: readonly PaceBar[]): (ms: number) => string {
  const [first, second, last] = [bars[0]?.at ?? 0, bars[1]?.at, bars.at(-1)?.at ?? 0];
  const fine = second !== undefined && second - first < 60_000;
  const long = last - first > 2 * 86_400_000;
  const written = new Intl.DateTimeFormat(undefined, {
    ...(long && { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(fine && { second: "2-digit" }),
  });
  return (ms) => written.format(ms);
}

import styles from "./SeatMeter.module.css";

/** How full a product is. The numbers stand beside it, so it is only for the eye. */
export function SeatMeter({ used, total }: { used: number; total: number }) {
  const share = total === 0 ? 1 : Math.min(1, used / total);
  return (
    <div className={styles.meter} data-full={used >= total} aria-hidden>
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

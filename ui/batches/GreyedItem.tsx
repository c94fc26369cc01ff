import { MenuItem } from "@fluentui/react-components";
import styles from "./BatchActs.module.css";

/** What a menu cannot offer now, greyed, with the reason under it. */
export function GreyedItem({ label, reason }: { label: string; reason: string }) {
  return (
    <MenuItem disabled>
      {label}
      <span className={styles.reason}>{reason}</span>
    </MenuItem>
  );
}

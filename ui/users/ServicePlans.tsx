import { Checkbox } from "@fluentui/react-components";
import { checkedBy, type PlanLine, type LicenseLine } from "./license-changes.ts";
import { licenseTexts } from "./license-texts.ts";
import styles from "./LicenseEditor.module.css";

const words = licenseTexts.manageLicenses;

/** The service plans of a product, each on or off, and all of them at once. */
export function ServicePlans({
  line: { plans, share, plansEven },
  locked,
  onPlans,
}: {
  line: LicenseLine;
  locked: boolean;
  onPlans: (plans: string[], on: boolean) => void;
}) {
  if (plans.length === 0) return <p className={styles.quiet}>{words.noPlans}</p>;
  const fixed = locked || share !== "all";
  return (
    <>
      {share !== "all" && !locked && <p className={styles.quiet}>{words.plansFirst}</p>}
      {plansEven && <p className={styles.quiet}>{words.plansEven}</p>}
      <Checkbox
        label={words.allPlans}
        checked={share === "none" ? false : allOf(plans)}
        disabled={fixed}
        onChange={() =>
          onPlans(
            plans.map(({ id }) => id),
            allOf(plans) !== true,
          )
        }
      />
      {plans.map((plan) => (
        <Checkbox
          key={plan.id}
          label={plan.label}
          checked={share === "none" ? false : checkedBy(plan.on)}
          disabled={fixed}
          onChange={() => onPlans([plan.id], plan.on !== "all")}
        />
      ))}
    </>
  );
}

function allOf(plans: PlanLine[]): boolean | "mixed" {
  if (plans.every(({ on }) => on === "all")) return true;
  return plans.every(({ on }) => on === "none") ? false : "mixed";
}

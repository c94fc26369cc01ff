import { Button, Checkbox } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useId, useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { customerTexts } from "../customers/customer-texts.ts";
import { SeatsDialog } from "../customers/SeatsDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import {
  type Holdings,
  type LicenseDraft,
  type PlanLine,
  type ProductLine,
  productLines,
  plansToggled,
  productToggled,
  type Share,
} from "./license-changes.ts";
import { licenseTexts } from "./license-texts.ts";
import styles from "./LicenseEditor.module.css";

const words = licenseTexts.manageLicenses;
const searchedFrom = 10;

/**
 * The products of a customer with a box each that says whether all, some or none of the selected users have it, the seats
 * that the change needs, and the service plans below.
 */
export function LicenseEditor({
  customerId,
  products,
  holdings,
  draft,
  locked = false,
  onChange,
}: {
  customerId: string;
  products: Product[];
  holdings: Holdings;
  draft: LicenseDraft;
  /** Whether nothing may be changed. */
  locked?: boolean;
  onChange: (draft: LicenseDraft) => void;
}) {
  const [q, setQ] = useState("");
  const [seatsOf, setSeatsOf] = useState<string>();
  const shown = productLines(products, holdings, draft).filter(({ name }) =>
    name.toLowerCase().includes(q.toLowerCase()),
  );
  const growing = products.find(({ skuId }) => skuId === seatsOf);
  if (products.length === 0) return <p className={styles.quiet}>{words.noProducts}</p>;
  return (
    <>
      {products.length >= searchedFrom && <SearchBox label={words.search} value={q} onChange={setQ} />}
      {shown.length === 0 && <p className={styles.quiet}>{words.noMatch(q)}</p>}
      <ul className={styles.products} aria-label={words.products}>
        {shown.map((line) => (
          <ProductItem
            key={line.skuId}
            line={line}
            selected={holdings.users}
            locked={locked}
            onToggle={() => onChange(productToggled(draft, line, holdings.users))}
            onPlans={(plans, on) => onChange(plansToggled(draft, line, plans, on))}
            onAddSeats={() => setSeatsOf(line.skuId)}
          />
        ))}
      </ul>
      {growing !== undefined && (
        <SeatsDialog customerId={customerId} product={growing} onClose={() => setSeatsOf(undefined)} />
      )}
    </>
  );
}

function ProductItem({
  line,
  selected,
  locked,
  onToggle,
  onPlans,
  onAddSeats,
}: {
  line: ProductLine;
  selected: number;
  locked: boolean;
  onToggle: () => void;
  onPlans: (plans: string[], on: boolean) => void;
  onAddSeats: () => void;
}) {
  const [open, setOpen] = useState(false);
  const partnerReason = usePartnerReason();
  const plansId = useId();
  const off = line.share === "none" ? 0 : line.plans.filter(({ on }) => on === "none").length;
  return (
    <li className={styles.product}>
      <div className={styles.line}>
        <Button
          appearance="subtle"
          size="small"
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-label={words.plansOf(line.name)}
          aria-expanded={open}
          aria-controls={open ? plansId : undefined}
          onClick={() => setOpen(!open)}
        />
        <Checkbox
          label={line.name}
          checked={checkedBy(line.share)}
          disabled={locked || line.publisherAddress !== null}
          onChange={onToggle}
        />
        <span className={styles.facts}>
          {selected > 1 && <span>{words.have(line.users, selected)}</span>}
          {off > 0 && <span>{words.plansOff(off)}</span>}
          {line.publisherAddress === null ? (
            <span data-none={line.needed > line.available || line.available <= 0}>{seatWords(line)}</span>
          ) : (
            <a href={line.publisherAddress}>{customerTexts.products.publisher}</a>
          )}
        </span>
      </div>
      {line.short > 0 && (
        <div className={styles.short} role="status">
          <span>{words.short(line.short)}</span>
          <CommandButton
            appearance="secondary"
            command={{ key: "seats", label: words.addSeats, reason: partnerReason, onUse: onAddSeats }}
          />
        </div>
      )}
      {open && (
        <div id={plansId} role="group" aria-label={words.plansOf(line.name)} className={styles.plans}>
          <Plans line={line} locked={locked || line.publisherAddress !== null} onPlans={onPlans} />
        </div>
      )}
    </li>
  );
}

function Plans({
  line: { plans, share, plansEven },
  locked,
  onPlans,
}: {
  line: ProductLine;
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

function checkedBy(share: Share): boolean | "mixed" {
  return share === "some" ? "mixed" : share === "all";
}

function allOf(plans: PlanLine[]): boolean | "mixed" {
  if (plans.every(({ on }) => on === "all")) return true;
  return plans.every(({ on }) => on === "none") ? false : "mixed";
}

function seatWords({ needed, available }: ProductLine): string {
  if (needed > 0) return words.needed(needed, available);
  return needed < 0 ? words.freed(-needed) : words.available(available);
}

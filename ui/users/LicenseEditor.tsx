import { Button, Checkbox } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronRightRegular } from "@fluentui/react-icons/svg/chevron-right";
import { useId, useState } from "react";
import type { Product } from "../../contract/customer.ts";
import type { User } from "../../contract/user.ts";
import { customerTexts } from "../customers/customer-texts.ts";
import { SeatsDialog } from "../customers/SeatsDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import {
  checkedBy,
  type Holdings,
  type LicenseDraft,
  type LicenseLine,
  productLines,
  plansToggled,
  productToggled,
} from "./license-changes.ts";
import { licenseTexts } from "./license-texts.ts";
import styles from "./LicenseEditor.module.css";
import { ServicePlans } from "./ServicePlans.tsx";

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
  known = [],
  draft,
  locked = false,
  onChange,
}: {
  customerId: string;
  products: Product[];
  holdings: Holdings;
  /** The users of a selection by id, so that those who have a product can be named. */
  known?: User[];
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
            holders={holderNames(line, known)}
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
  holders,
  locked,
  onToggle,
  onPlans,
  onAddSeats,
}: {
  line: LicenseLine;
  selected: number;
  /** The names of those who have it, where only some do. */
  holders: string[];
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
          {holders.length > 0 && <p className={styles.quiet}>{words.holders(holders)}</p>}
          <ServicePlans line={line} locked={locked || line.publisherAddress !== null} onPlans={onPlans} />
        </div>
      )}
    </li>
  );
}

function holderNames({ skuId, users }: LicenseLine, known: User[]): string[] {
  if (users === known.length) return [];
  return known
    .filter(({ licenses }) => licenses.some((license) => license.skuId === skuId))
    .map(({ displayName }) => displayName);
}

function seatWords({ needed, available }: LicenseLine): string {
  if (needed > 0) return words.needed(needed, available);
  return needed < 0 ? words.freed(-needed) : words.available(available);
}

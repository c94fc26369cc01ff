import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Batch, CauseCount } from "../../contract/batch.ts";
import type { Product } from "../../contract/customer.ts";
import { pages } from "../../contract/pages.ts";
import { problemOf } from "../client/request-failed.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { say } from "../kit/toasts.ts";
import { useAuthority, usePartnerReason } from "../kit/use-authority.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { canFixAll, canPlanAgain, type Remedy, remediesOf } from "./remedies.ts";
import { usePlanChange } from "./use-plan-change.ts";

const words = batchPlanTexts.remedies;
const OptionDialog = lazy(async () => ({ default: (await import("./OptionDialog.tsx")).OptionDialog }));
const FixAllDialog = lazy(async () => ({ default: (await import("./FixAllDialog.tsx")).FixAllDialog }));
const SeatsDialog = lazy(async () => ({ default: (await import("../customers/SeatsDialog.tsx")).SeatsDialog }));
const options = {
  restore: { onDeleted: "restore" },
  createNew: { onDeleted: "create" },
  update: { onExisting: "update" },
} as const;

/** The controls that mend a cause, beside it: an option, the columns, or seats. */
export function Remedies({ batch, cause }: { batch: Batch; cause: CauseCount }) {
  const remedies = remediesOf(cause, batch).filter((remedy) => remedy !== "seats");
  const { reason } = useAuthority(batch.customerId);
  const navigate = useNavigate({ from: pages.batch.path });
  const [asked, setAsked] = useState<"location" | "domain" | "pattern" | null>(null);
  const [fixing, setFixing] = useState(false);
  const save = usePlanChange(batch, () => say({ tone: "good", text: words.planned }));
  const use = (remedy: Exclude<Remedy, "seats">) => {
    switch (remedy) {
      case "location":
      case "domain":
      case "pattern":
        return setAsked(remedy);
      case "columns":
        return void navigate({ search: { step: "columns" }, resetScroll: false });
      case "products":
        return void navigate({ to: pages.products.path, params: { customerId: batch.customerId } });
      case "update":
      case "restore":
      case "createNew":
        return save.mutate(
          { options: options[remedy] },
          { onError: (error) => say({ tone: "bad", text: problemOf(error).detail }) },
        );
    }
  };
  return (
    <>
      {remedies.map((remedy) => (
        <CommandButton
          key={remedy}
          appearance="secondary"
          command={{
            key: remedy,
            label: words[remedy],
            reason: remedy === "products" ? null : reason(batch.operation),
            onUse: () => {
              if (!save.isPending) use(remedy);
            },
          }}
        />
      ))}
      {cause.code === "seat_shortage" && <SeatRemedies batch={batch} />}
      {canFixAll(cause, batch) && (
        <CommandButton
          appearance="secondary"
          command={{
            key: "fix",
            label: batchPlanTexts.fix.open,
            reason: reason(batch.operation),
            onUse: () => setFixing(true),
          }}
        />
      )}
      {fixing && (
        <Suspense>
          <FixAllDialog batch={batch} cause={cause} onClose={() => setFixing(false)} />
        </Suspense>
      )}
      {asked !== null && (
        <Suspense>
          <OptionDialog batch={batch} option={asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}

/** A button for each product that is short of seats; a plan is then made again with them. */
function SeatRemedies({ batch }: { batch: Batch }) {
  const partnerReason = usePartnerReason();
  const products = useQuery(productsQuery(batch.customerId));
  const [asked, setAsked] = useState<{ product: Product; wanted: number } | null>(null);
  const replan = usePlanChange(batch, () => say({ tone: "good", text: words.planned }));
  const needed = batch.seats.filter((one) => one.needed > one.free);
  const short = (needed.length > 0 ? needed : batch.seats).flatMap((one) => {
    const product = products.data?.find(({ skuId }) => skuId === one.skuId);
    return product === undefined ? [] : [{ product, wanted: product.total + Math.max(0, one.needed - one.free) }];
  });
  return (
    <>
      {short.map((one) => (
        <CommandButton
          key={one.product.skuId}
          appearance="secondary"
          command={{
            key: one.product.skuId,
            label: short.length === 1 ? words.seats : words.seatsOf(one.product.name),
            reason: partnerReason,
            onUse: () => setAsked(one),
          }}
        />
      ))}
      {asked !== null && (
        <Suspense>
          <SeatsDialog
            customerId={batch.customerId}
            {...asked}
            onSaved={() => {
              if (canPlanAgain(batch)) replan.mutate({ options: {} });
            }}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
    </>
  );
}

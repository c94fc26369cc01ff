import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { SeatsDialog } from "../customers/SeatsDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { licenseTexts } from "./license-texts.ts";

/** A button for each product of which a batch needed more seats than were free, to add some before a retry. */
export function ShortSeats({ batch: { customerId, seats } }: { batch: Pick<Batch, "customerId" | "seats"> }) {
  const products = useQuery(productsQuery(customerId));
  const reason = usePartnerReason();
  const [growing, setGrowing] = useState<string>();
  const short = new Set(seats.filter(({ needed, free }) => needed > free).map(({ skuId }) => skuId));
  const product = products.data?.find(({ skuId }) => skuId === growing);
  return (
    <>
      {products.data
        ?.filter(({ skuId }) => short.has(skuId))
        .map(({ skuId, name }) => (
          <CommandButton
            key={skuId}
            appearance="secondary"
            command={{
              key: skuId,
              label: licenseTexts.manageLicenses.addSeatsOf(name),
              reason,
              onUse: () => setGrowing(skuId),
            }}
          />
        ))}
      {product !== undefined && (
        <SeatsDialog customerId={customerId} product={product} onClose={() => setGrowing(undefined)} />
      )}
    </>
  );
}

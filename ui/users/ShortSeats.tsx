import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { productsQuery } from "../customers/customer-queries.ts";
import { SeatsDialog } from "../customers/SeatsDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { licenseTexts } from "./license-texts.ts";

/** A button for each of these products, to add seats of it. */
export function ShortSeats({ customerId, skuIds }: { customerId: string; skuIds: string[] }) {
  const products = useQuery(productsQuery(customerId));
  const reason = usePartnerReason();
  const [growing, setGrowing] = useState<string>();
  const product = products.data?.find(({ skuId }) => skuId === growing);
  return (
    <>
      {products.data
        ?.filter(({ skuId }) => skuIds.includes(skuId))
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

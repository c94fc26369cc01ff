import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { BrakeLimitsSection } from "./BrakeLimitsSection.tsx";
import { DomainDialog } from "./DomainDialog.tsx";
import { DomainList } from "./DomainList.tsx";
import { ProductDialog } from "./ProductDialog.tsx";
import { ProductList } from "./ProductList.tsx";
import { SeatsDialog } from "./SeatsDialog.tsx";
import { Sections } from "../kit/Section.tsx";
import { useCustomerId } from "./use-customer-id.ts";

type Asking = { kind: "seats"; product: Product } | { kind: "product" } | { kind: "domain" };

/** The products of a customer with their seats, its domains, and the limits of its plans. */
export function ProductsPage() {
  const customerId = useCustomerId();
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  return (
    <Sections>
      <ProductList
        customerId={customerId}
        onAdd={() => setAsking({ kind: "product" })}
        onSeats={(product) => setAsking({ kind: "seats", product })}
      />
      <DomainList customerId={customerId} onAdd={() => setAsking({ kind: "domain" })} />
      <BrakeLimitsSection customerId={customerId} />
      {asking?.kind === "seats" && <SeatsDialog customerId={customerId} product={asking.product} onClose={close} />}
      {asking?.kind === "product" && <ProductDialog customerId={customerId} onClose={close} />}
      {asking?.kind === "domain" && <DomainDialog customerId={customerId} onClose={close} />}
    </Sections>
  );
}

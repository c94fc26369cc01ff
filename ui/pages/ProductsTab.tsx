import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { DomainDialog } from "../parts/DomainDialog.tsx";
import { DomainList } from "../parts/DomainList.tsx";
import { ProductDialog } from "../parts/ProductDialog.tsx";
import { ProductList } from "../parts/ProductList.tsx";
import { SeatsDialog } from "../parts/SeatsDialog.tsx";
import styles from "./ProductsTab.module.css";

type Asking = { kind: "seats"; product: Product } | { kind: "product" } | { kind: "domain" };

/** The products of a customer with their seats, and its domains. */
export function ProductsTab() {
  const { customerId } = useParams({ from: "/frame/customers/$customerId/products" });
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  return (
    <div className={styles.page}>
      <ProductList
        customerId={customerId}
        onAdd={() => setAsking({ kind: "product" })}
        onSeats={(product) => setAsking({ kind: "seats", product })}
      />
      <DomainList customerId={customerId} onAdd={() => setAsking({ kind: "domain" })} />
      {asking?.kind === "seats" && <SeatsDialog customerId={customerId} product={asking.product} onClose={close} />}
      {asking?.kind === "product" && <ProductDialog customerId={customerId} onClose={close} />}
      {asking?.kind === "domain" && <DomainDialog customerId={customerId} onClose={close} />}
    </div>
  );
}

import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useQuery } from "@tanstack/react-query";
import { pages } from "../../contract/pages.ts";
import type { Product } from "../../contract/customer.ts";
import { productsQuery } from "./customer-queries.ts";
import { formatCount } from "../kit/format.ts";
import { customerTexts } from "./customer-texts.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import styles from "./ProductList.module.css";
import { SeatMeter } from "./SeatMeter.tsx";
import { Section, Sheet } from "../kit/Section.tsx";

const words = customerTexts.products;

/** The products of a customer with their seats. */
export function ProductList({
  customerId,
  onAdd,
  onSeats,
}: {
  customerId: string;
  onAdd: () => void;
  onSeats: (product: Product) => void;
}) {
  const reason = usePartnerReason();
  const products = useQuery(productsQuery(customerId));
  return (
    <Section
      title={pages.products.title}
      acts={
        <CommandButton
          appearance="secondary"
          command={{ key: "add", label: words.add, icon: <AddRegular />, reason, onUse: onAdd }}
        />
      }
    >
      {products.isError && <ProblemNotice error={products.error} onRetry={() => void products.refetch()} />}
      <Sheet>
        {products.data?.length === 0 ? (
          <EmptyState heading="h3" title={words.empty} lead={words.emptyLead} />
        ) : (
          <DataTable
            label={pages.products.title}
            columns={columns(reason, onSeats)}
            items={products.data}
            itemKey={({ skuId }) => skuId}
          />
        )}
      </Sheet>
    </Section>
  );
}

function Name({ product }: { product: Product }) {
  const { name, skuPartNumber, warning, suspended, publisherAddress } = product;
  return (
    <>
      <span className={styles.name}>{name}</span>{" "}
      <span className={styles.part}>
        {[skuPartNumber, warning > 0 && words.inWarning(warning), suspended > 0 && words.areSuspended(suspended)]
          .filter(Boolean)
          .join(" · ")}
        {publisherAddress !== null && (
          <>
            {" · "}
            <a href={publisherAddress}>{words.publisher}</a>
          </>
        )}
      </span>
    </>
  );
}

function columns(reason: string | null, onSeats: (product: Product) => void): Column<Product>[] {
  return [
    {
      key: "name",
      header: words.name,
      narrow: "lead",
      cell: (product) => <Name product={product} />,
    },
    {
      key: "meter",
      header: <span className="visually-hidden">{words.share}</span>,
      narrow: "wideOnly",
      width: "180px",
      cell: ({ consumed, total }) => <SeatMeter used={consumed} total={total} />,
    },
    {
      key: "used",
      header: words.used,
      numeric: true,
      width: "90px",
      narrow: "wideOnly",
      cell: ({ consumed }) => formatCount(consumed),
    },
    {
      key: "seats",
      header: words.seats,
      numeric: true,
      width: "90px",
      cell: ({ total, consumed }) => (
        <>
          <span className={styles.narrowOnly}>{words.usedOf(consumed, total)}</span>
          <span className={styles.wideOnly}>{formatCount(total)}</span>
        </>
      ),
    },
    {
      key: "available",
      header: words.available,
      numeric: true,
      width: "100px",
      narrow: "wideOnly",
      cell: ({ available }) => formatCount(available),
    },
    {
      key: "change",
      header: <span className="visually-hidden">{words.change}</span>,
      width: "130px",
      numeric: true,
      narrow: "end",
      cell: (product) => (
        <CommandButton command={{ key: "change", label: words.change, reason, onUse: () => onSeats(product) }} />
      ),
    },
  ];
}

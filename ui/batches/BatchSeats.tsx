import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import type { Batch } from "../../contract/batch.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { formatCount } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchSeats.module.css";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { Section, Sheet } from "../kit/Section.tsx";

const words = batchTexts.batch;
type SeatNeed = Batch["seats"][number];

const counts: Column<SeatNeed>[] = [
  { key: "needed", header: words.seatsNeeded, numeric: true, cell: ({ needed }) => formatCount(needed) },
  { key: "free", header: words.seatsFree, numeric: true, cell: ({ free }) => formatCount(free) },
  {
    key: "short",
    header: words.seatsShort,
    numeric: true,
    narrow: "end",
    cell: ({ needed, free }) =>
      needed > free ? (
        <strong className={styles.short}>{formatCount(needed - free)}</strong>
      ) : (
        <span className={styles.enough}>{words.seatsEnough}</span>
      ),
  },
];

/** The seats that the plan needs, against those that were free when it was made. */
export function BatchSeats({ batch: { seats, customerId } }: { batch: Batch }) {
  const products = useQuery(productsQuery(customerId));
  if (seats.length === 0) return null;
  const columns: Column<SeatNeed>[] = [
    {
      key: "product",
      header: words.seatsProduct,
      narrow: "lead",
      cell: ({ skuId, skuPartNumber }) => (
        <span title={skuPartNumber}>
          {products.data?.find((product) => product.skuId === skuId)?.name ?? skuPartNumber}
        </span>
      ),
    },
    ...counts,
  ];
  return (
    <Section
      title={words.seatsHeading}
      acts={
        <Link to={pages.products.path} params={{ customerId }}>
          {words.seatsChange}
        </Link>
      }
    >
      <Sheet>
        <DataTable label={words.seatsLead} columns={columns} items={seats} itemKey={({ skuId }) => skuId} />
      </Sheet>
    </Section>
  );
}

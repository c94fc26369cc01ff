import { Badge } from "@fluentui/react-components";
import type { RouteAnswer } from "../../contract/client.ts";
import styles from "./CatalogPreview.module.css";
import { customerTexts } from "./customer-texts.ts";

const words = customerTexts.catalog;
const mostErrors = 10;

/** What a file would change of the catalogue: the counts, the products, and the rows that name none. */
export function CatalogPreview({ preview }: { preview: RouteAnswer<"importCatalog"> }) {
  const { added = 0, changed = 0, unchanged = 0, skipped = 0, products = [], errors = [] } = preview;
  return (
    <div role="status" className={styles.preview}>
      <p>{words.counts(added, changed, unchanged)}</p>
      {products.length > 0 && (
        <ul className={styles.products} aria-label={words.moved} tabIndex={0}>
          {products.map(({ name, skuPartNumber, change }) => (
            <li key={`${skuPartNumber} ${name}`}>
              <span>
                {name} <span className={styles.part}>{skuPartNumber}</span>
              </span>
              <Badge appearance="tint" color={change === "added" ? "success" : "informative"}>
                {words.changes[change]}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {added + changed > products.length && <p>{words.more(added + changed - products.length)}</p>}
      {skipped > 0 && (
        <>
          <p>{words.skipped(skipped)}</p>
          <ul>
            {errors.slice(0, mostErrors).map(({ row, message }) => (
              <li key={`${row} ${message}`}>{words.error(row ?? 0, message)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

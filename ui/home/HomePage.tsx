import { useInfiniteQuery } from "@tanstack/react-query";
import type { BatchState } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { batchesQuery } from "../batches/batch-queries.ts";
import { BatchTable } from "../batches/BatchTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { useTitle } from "../kit/use-title.ts";
import { homeTexts } from "./home-texts.ts";
import styles from "./HomePage.module.css";

const watched = ["running", "ready", "paused", "scheduled"] as const satisfies BatchState[];

/** What runs now, and what waits for somebody. */
export function HomePage() {
  useTitle(pages.home.title);
  return (
    <>
      <PageHead title={pages.home.title} />
      <div className={styles.page}>
        {watched.map((state) => (
          <BatchesIn key={state} state={state} />
        ))}
      </div>
    </>
  );
}

function BatchesIn({ state }: { state: (typeof watched)[number] }) {
  const list = useInfiniteQuery(batchesQuery({ state, q: "" }));
  const items = list.data?.pages.flatMap((page) => page.items);
  const words = homeTexts.batches[state];
  return (
    <Section title={words.title}>
      {list.isError && items === undefined ? (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Sheet>
          {items?.length === 0 ? (
            <EmptyState heading="h3" title={words.none} lead={words.lead} />
          ) : (
            <BatchTable label={words.title} items={items} />
          )}
        </Sheet>
      )}
    </Section>
  );
}

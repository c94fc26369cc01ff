import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Bundle } from "../../contract/bundle.ts";
import { operations } from "../../contract/operations.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import { batchListTexts } from "../batches/batch-list-texts.ts";
import { batchesQuery } from "../batches/batch-queries.ts";
import { BatchTable } from "../batches/BatchTable.tsx";
import { batchTexts } from "../batches/batch-texts.ts";
import { formatTime } from "../kit/format.ts";
import { MoreButton } from "../kit/MoreButton.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { Section, Sections, Sheet } from "../kit/Section.tsx";
import { useTitle } from "../kit/use-title.ts";
import { BundleActs } from "./BundleActs.tsx";
import { bundleQuery } from "./bundle-queries.ts";
import { bundleTexts } from "./bundle-texts.ts";
import { RefusedRows } from "./RefusedRows.tsx";

/** One file for many customers: its batches, the rows that were refused, and the whole of it with its results. */
export function BundlePage() {
  const { bundleId } = useParams({ from: "/frame/files/$bundleId" });
  const bundle = useQuery(bundleQuery(bundleId));
  useTitle(bundle.data && `${titleOf(bundle.data)} · ${bundleTexts.title(bundle.data.no)}`);
  return <QueryGate query={bundle}>{(found) => <BundleView key={bundleId} bundle={found} />}</QueryGate>;
}

function BundleView({ bundle }: { bundle: Bundle }) {
  const { id, no, createdAt, createdBy, rows, batches, refused, states, notes } = bundle;
  const list = useInfiniteQuery(batchesQuery({ bundleId: id }));
  const counted = Object.entries(states).map(([state, count]) =>
    bundleTexts.state(batchTexts.batches.states[state as keyof typeof states], count),
  );
  return (
    <>
      <PageHead
        crumbs={[{ label: pages.batches.title, to: pageAddress("batches") }]}
        title={titleOf(bundle)}
        lead={`${bundleTexts.title(no)} · ${formatTime(createdAt)} ${bundleTexts.by(createdBy)} · ${bundleTexts.sums(rows, batches)}`}
      >
        <BundleActs bundle={bundle} />
      </PageHead>
      <Sections>
        {refused > 0 && <RefusedRows bundle={bundle} />}
        {batches > 0 && (
          <Section title={bundleTexts.batches} lead={counted.join(", ")}>
            {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
            <Sheet>
              <BatchTable
                label={pages.batches.title}
                items={list.data?.pages.flatMap(({ items }) => items)}
                ofOneFile
              />
            </Sheet>
            <MoreButton list={list} />
          </Section>
        )}
        {notes.length > 0 && (
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </Sections>
    </>
  );
}

function titleOf({ operation, fileName }: Bundle): string {
  const { label } = operations[operation];
  return fileName === null ? label : batchListTexts.title(label, fileName);
}

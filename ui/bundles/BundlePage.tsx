import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Bundle } from "../../contract/bundle.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import { batchesQuery } from "../batches/batch-queries.ts";
import { BatchTable } from "../batches/BatchTable.tsx";
import { brakeTexts } from "../batches/brake-texts.ts";
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
import { bundleStates, bundleTitle } from "./bundle-title.ts";
import { Questions } from "./Questions.tsx";
import { RefusedRows } from "./RefusedRows.tsx";

/** One file for many customers: its batches, the rows that were refused, and the whole of it with its results. */
export function BundlePage() {
  const { bundleId } = useParams({ from: "/frame/files/$bundleId" });
  const bundle = useQuery(bundleQuery(bundleId));
  useTitle(bundle.data && `${bundleTitle(bundle.data)} · ${bundleTexts.title(bundle.data.no)}`);
  return <QueryGate query={bundle}>{(found) => <BundleView key={bundleId} bundle={found} />}</QueryGate>;
}

function BundleView({ bundle }: { bundle: Bundle }) {
  const { id, no, createdAt, createdBy, rows, batches, refused, notes, toApprove, why, states } = bundle;
  const list = useInfiniteQuery(batchesQuery({ bundleId: id }));
  return (
    <>
      <PageHead
        crumbs={[
          { label: pages.batches.title, to: pageAddress("batches") },
          { label: pages.bundles.title, to: pageAddress("bundles") },
        ]}
        title={bundleTitle(bundle)}
        lead={`${bundleTexts.title(no)} · ${formatTime(createdAt)} ${bundleTexts.by(createdBy)} · ${bundleTexts.sums(rows, batches)}`}
      >
        <BundleActs bundle={bundle} />
      </PageHead>
      <Sections>
        {toApprove > 0 && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{brakeTexts.needed.title}</MessageBarTitle> {why} {bundleTexts.asks(toApprove)}
            </MessageBarBody>
          </MessageBar>
        )}
        {(states.awaiting_approval ?? 0) > 0 && <Questions bundle={bundle} />}
        {refused > 0 && <RefusedRows bundle={bundle} />}
        {batches > 0 && (
          <Section title={bundleTexts.batches} lead={bundleStates(bundle)}>
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

import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { pageAddress, pages } from "../../contract/pages.ts";
import { batchTexts } from "../batches/batch-texts.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { useTitle } from "../kit/use-title.ts";
import { bundlesQuery } from "./bundle-queries.ts";
import { BundleTable } from "./BundleTable.tsx";
import { bundleTexts } from "./bundle-texts.ts";

const upload = <LinkButton to={pages.bundleUpload.path}>{bundleTexts.upload}</LinkButton>;

/** All files for many customers, the latest first, each with how its batches stand. */
export function BundlesPage() {
  useTitle(pages.bundles.title);
  const { q = "" } = useSearch({ from: "/frame/files" });
  const change = useSearchChange();
  const list = useInfiniteQuery(bundlesQuery(q));
  const items = list.data?.pages.flatMap((page) => page.items);
  const words = q === "" ? bundleTexts.list.none : bundleTexts.list.noMatch;
  return (
    <>
      <PageHead
        crumbs={[{ label: pages.batches.title, to: pageAddress("batches") }]}
        title={pages.bundles.title}
        lead={bundleTexts.list.lead}
      >
        {upload}
      </PageHead>
      <Toolbar>
        <SearchBox
          label={batchTexts.batches.search}
          value={q}
          onChange={(typed) => change({ q: typed || undefined })}
        />
      </Toolbar>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!(list.isError && items === undefined) && (
        <Sheet>
          {items?.length === 0 ? <EmptyState title={words.title} lead={words.lead} /> : <BundleTable items={items} />}
        </Sheet>
      )}
      <MoreButton list={list} />
    </>
  );
}

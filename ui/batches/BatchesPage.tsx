import { useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { bundleTexts } from "../bundles/bundle-texts.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { useTitle } from "../kit/use-title.ts";
import { BatchList } from "./BatchList.tsx";

/** All batches, the latest first. */
export function BatchesPage() {
  useTitle(pages.batches.title);
  const search = useSearch({ from: "/frame/batches" });
  return (
    <>
      <PageHead title={pages.batches.title}>
        <LinkButton to={pages.bundles.path}>{pages.bundles.title}</LinkButton>
        <LinkButton to={pages.bundleUpload.path}>{bundleTexts.upload}</LinkButton>
      </PageHead>
      <BatchList search={search} />
    </>
  );
}

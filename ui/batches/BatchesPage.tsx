import { useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { useTitle } from "../kit/use-title.ts";
import { BatchList } from "./BatchList.tsx";

/** All batches, the latest first. */
export function BatchesPage() {
  useTitle(pages.batches.title);
  const search = useSearch({ from: "/frame/batches" });
  return (
    <>
      <PageHead title={pages.batches.title} />
      <BatchList search={search} />
    </>
  );
}

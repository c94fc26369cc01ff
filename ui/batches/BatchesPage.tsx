import { useNavigate, useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { useTitle } from "../kit/use-title.ts";
import { BatchList } from "./BatchList.tsx";
import { PageHead } from "../kit/PageHead.tsx";

/** All batches, the latest first. */
export function BatchesPage() {
  useTitle(pages.batches.title);
  const { q = "", state } = useSearch({ from: "/frame/batches" });
  const navigate = useNavigate({ from: pages.batches.path });
  return (
    <>
      <PageHead title={pages.batches.title} />
      <BatchList q={q} state={state} onFilter={(search) => void navigate({ search, replace: true })} />
    </>
  );
}

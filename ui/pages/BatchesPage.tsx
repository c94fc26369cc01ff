import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTitle } from "../layout/use-title.ts";
import { BatchList } from "../parts/BatchList.tsx";
import { PageHead } from "../parts/PageHead.tsx";
import { texts } from "../texts.ts";

/** All batches, the latest first. */
export function BatchesPage() {
  useTitle(texts.batches.title);
  const { q = "", state } = useSearch({ from: "/frame/batches" });
  const navigate = useNavigate({ from: "/batches" });
  return (
    <>
      <PageHead title={texts.batches.title} />
      <BatchList q={q} state={state} onFilter={(search) => void navigate({ search, replace: true })} />
    </>
  );
}

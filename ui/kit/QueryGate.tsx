import type { ReactNode } from "react";
import { problemOf } from "../client/request-failed.ts";
import { LoadingPage } from "./Loading.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";

/** Draws what a query gave; until then that it loads, and in the bad case why it did not come. */
export function QueryGate<Thing>({
  query,
  children,
}: {
  query: { data: Thing | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  children: (thing: Thing) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (!query.isError) return <LoadingPage />;
  if (problemOf(query.error).code === "not_found") return <NotFoundPage />;
  return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { pages } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useTitle } from "../kit/use-title.ts";
import { EndingGrants } from "./EndingGrants.tsx";
import { EndingPasswords } from "./EndingPasswords.tsx";
import { Failures } from "./Failures.tsx";
import { FirstSteps } from "./FirstSteps.tsx";
import { firstStepsQuery, overviewQuery, runningQuery } from "./home-queries.ts";
import styles from "./HomePage.module.css";
import { PaceOfDay } from "./PaceOfDay.tsx";
import { RunningBatches } from "./RunningBatches.tsx";
import { ScarceSeats } from "./ScarceSeats.tsx";
import { Tiles } from "./Tiles.tsx";
import { WaitingBatches } from "./WaitingBatches.tsx";

const laterMs = 2_500;

/** What runs now, what failed, what waits for somebody and what runs out, over all customers of the agent. */
export function HomePage() {
  useTitle(pages.home.title);
  const overview = useQuery(overviewQuery);
  const running = useQuery(runningQuery);
  const steps = useQuery(firstStepsQuery);
  useFreshOverview(running.dataUpdatedAt);
  const { data } = overview;
  const isNew = steps.data !== undefined && steps.data.batches === 0;
  return (
    <>
      <PageHead title={pages.home.title} />
      {isNew ? (
        <FirstSteps customers={steps.data.customers} />
      ) : (
        <div className={styles.page}>
          {overview.isError && <ProblemNotice error={overview.error} onRetry={() => void overview.refetch()} />}
          <Tiles overview={data} running={running.data?.total} />
          <RunningBatches batches={running.data?.items} />
          <div className={styles.two}>
            <div className={styles.main}>
              <Failures failures={data?.failures} />
              <WaitingBatches waiting={data?.waiting} />
            </div>
            <div className={styles.side}>
              <PaceOfDay running={(running.data?.items.length ?? 0) > 0} />
              <ScarceSeats seats={data?.seats} />
              <EndingPasswords passwords={data?.passwords} />
              <EndingGrants grants={data?.grants} />
            </div>
          </div>
        </div>
      )}
    </>
  );
}

/** Reads the overview anew a moment after anything about batches was read: by then a batch that ended has ended. */
function useFreshOverview(readAt: number): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: queryKeys.overview() });
    }, laterMs);
  }, [client, readAt]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Activity } from "../../contract/activity.ts";
import { type Operation, operations } from "../../contract/operations.ts";
import { pages } from "../../contract/pages.ts";
import { formatTime } from "../kit/format.ts";
import { Loading } from "../kit/Loading.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import styles from "./UserActivity.module.css";
import { stepWords } from "./step-words.ts";
import { activityQuery } from "./user-queries.ts";
import { userTexts } from "./user-texts.ts";

const words = userTexts.activity;

/** What was done to one user and which rows about the user failed, the latest first. */
export function UserActivity({ customerId, userId }: { customerId: string; userId: string }) {
  const list = useInfiniteQuery(activityQuery(customerId, userId));
  if (list.isError && list.data === undefined)
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <Loading />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p>{words.none}</p>;
  return (
    <>
      <ol className={styles.list}>
        {items.map((item) => (
          <li key={`${item.kind} ${item.at} ${item.operation} ${item.batchId} ${item.rowNo}`}>
            <div className={styles.what}>
              <span>{whatWas(item)}</span>
              {item.status !== "succeeded" && <span className={styles.status}>{item.status}</span>}
            </div>
            {item.message !== null && <div>{item.message}</div>}
            <div className={styles.who}>
              {words.by(item.actorName, formatTime(item.at))} <BatchLink item={item} />
            </div>
          </li>
        ))}
      </ol>
      <MoreButton list={list} />
      <p>
        <Link to={pages.customerAudit.path} params={{ customerId }} search={{ user: userId }}>
          {words.audit}
        </Link>
      </p>
    </>
  );
}

/** The words for a step of the audit, or for the operation of a row. */
function whatWas(item: Activity): string {
  return stepWords(item) ?? operations[item.operation as Operation]?.label ?? item.operation;
}

function BatchLink({ item: { batchId, batchNo, rowNo } }: { item: Activity }) {
  if (batchId === null || batchNo === null) return null;
  return (
    <Link to={pages.batch.path} params={{ batchId }} search={rowNo === null ? {} : { row: rowNo }}>
      {words.batch(batchNo)}
    </Link>
  );
}

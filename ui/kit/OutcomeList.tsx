import { Button } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import type { ReactNode } from "react";
import styles from "./OutcomeList.module.css";
import { Sheet } from "./Section.tsx";
import { texts } from "./texts.ts";
import type { VirtualColumn } from "./virtual-column.ts";
import { VirtualTable } from "./VirtualTable.tsx";

/** What became of one user or row: `status` is its sign and word, `reason` why it did not end as asked. */
export type OutcomeLine = {
  key: string;
  name: string;
  beside?: string | null | undefined;
  status: ReactNode;
  reason?: string | null | undefined;
  /** What can be done about it, such as a button. */
  remedy?: ReactNode;
};

const words = texts.outcomes;
const noMore = { has: false, loading: false, load: () => undefined };

/** What became of each of many, one by one, and a retry of those that failed where there are any. */
export function OutcomeList({
  label,
  outcomes,
  total,
  failed,
  busy = false,
  onRetry,
  remedies,
  more = noMore,
}: {
  label: string;
  outcomes: OutcomeLine[];
  total?: number | undefined;
  /** How many failed, of all. */
  failed: number;
  busy?: boolean;
  onRetry?: () => void;
  /** Buttons for what has to be done before a retry. */
  remedies?: ReactNode;
  more?: { has: boolean; loading: boolean; load: () => void };
}) {
  return (
    <>
      {failed > 0 && onRetry !== undefined && (
        <div className={styles.acts}>
          {remedies}
          <Button icon={<ArrowClockwiseRegular />} disabledFocusable={busy} onClick={onRetry}>
            {words.retry(failed)}
          </Button>
        </div>
      )}
      <Sheet>
        <VirtualTable
          label={label}
          columns={outcomes.some(({ reason, remedy }) => Boolean(reason) || Boolean(remedy)) ? columns : withoutReason}
          items={outcomes}
          total={total}
          itemKey={({ key }) => key}
          narrowRow={(outcome) => (
            <>
              <div className={styles.first}>
                <span className={styles.name}>{outcome.name}</span>
                {outcome.status}
              </div>
              <div className={styles.second}>
                {outcome.reason ?? outcome.beside} {outcome.remedy}
              </div>
            </>
          )}
          more={more}
        />
      </Sheet>
    </>
  );
}

const columns: VirtualColumn<OutcomeLine>[] = [
  { key: "name", header: words.name, track: "minmax(120px, 1fr)", cell: ({ name }) => <span>{name}</span> },
  { key: "beside", header: words.beside, track: "minmax(140px, 1fr)", cell: ({ beside }) => <span>{beside}</span> },
  { key: "status", header: words.status, track: "120px", cell: ({ status }) => status },
  {
    key: "reason",
    header: words.reason,
    track: "minmax(200px, 3fr)",
    cell: ({ reason, remedy }) => (
      <span className={styles.reason} title={reason ?? undefined}>
        {reason} {remedy}
      </span>
    ),
  },
];

/** Where everything ended as asked, a column of reasons would only take the room of the names. */
const withoutReason = columns.filter(({ key }) => key !== "reason");

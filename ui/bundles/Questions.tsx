import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Bundle, Question } from "../../contract/bundle.ts";
import { pages } from "../../contract/pages.ts";
import batchStyles from "../batches/BatchTable.module.css";
import { batchTexts } from "../batches/batch-texts.ts";
import { brakeTexts } from "../batches/brake-texts.ts";
import { meQuery } from "../client/me-query.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatTime } from "../kit/format.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { questionsQuery } from "./bundle-queries.ts";
import { bundleTexts } from "./bundle-texts.ts";
import styles from "./Questions.module.css";

const DecideBundleDialog = lazy(async () => ({
  default: (await import("./DecideBundleDialog.tsx")).DecideBundleDialog,
}));

const words = bundleTexts.questions;
const { waiting } = brakeTexts;

/** The batches of a file that await approval, with what each hits and all together, and the way to answer for all of them at once. */
export function Questions({ bundle }: { bundle: Bundle }) {
  const list = useQuery(questionsQuery(bundle));
  const me = useQuery(meQuery);
  const [deciding, setDeciding] = useState<"approve" | "refuse" | null>(null);
  const questions = list.data;
  const mayRefuse = questions?.filter(({ refuse }) => refuse === null) ?? [];
  const own = mayRefuse.length > 0 && mayRefuse.every(({ askedById }) => askedById === me.data?.id);
  const ownAll = own && mayRefuse.length === questions?.length;
  const hindrance = (decision: "approve" | "refuse") =>
    questions?.some((question) => question[decision] === null) === false
      ? (questions[0]?.[decision]?.message ?? null)
      : null;
  const acts = (
    <div className={styles.acts}>
      {!ownAll && (
        <CommandButton
          appearance="primary"
          command={{
            key: "approve",
            label: words.approve(questions?.filter(({ approve }) => approve === null).length ?? 0),
            reason: hindrance("approve"),
            onUse: () => setDeciding("approve"),
          }}
        />
      )}
      <CommandButton
        appearance="secondary"
        command={{
          key: "refuse",
          label: own ? waiting.takeBack : waiting.refuse,
          reason: hindrance("refuse"),
          onUse: () => setDeciding("refuse"),
        }}
      />
    </div>
  );
  return (
    <Section
      title={waiting.title}
      {...(questions !== undefined && { lead: words.sum(questions) })}
      {...(questions !== undefined && questions.length > 0 && { acts })}
    >
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      <Sheet>
        <DataTable label={waiting.title} columns={columns} items={questions} itemKey={({ batchId }) => batchId} />
      </Sheet>
      {deciding !== null && questions !== undefined && (
        <Suspense>
          <DecideBundleDialog
            bundle={bundle}
            questions={questions}
            decision={deciding}
            own={own && deciding === "refuse"}
            onClose={() => setDeciding(null)}
          />
        </Suspense>
      )}
    </Section>
  );
}

const columns: Column<Question>[] = [
  {
    key: "customer",
    header: batchTexts.batches.customer,
    narrow: "lead",
    width: "22%",
    cell: ({ batchId, batchNo, customerName }) => (
      <Link to={pages.batch.path} params={{ batchId }} className={batchStyles.batch}>
        <span className={batchStyles.no}>{batchNo}</span>
        {customerName}
      </Link>
    ),
  },
  {
    key: "users",
    header: words.users,
    narrow: "end",
    numeric: true,
    width: "110px",
    cell: ({ hits }) => words.hits(hits.users, hits.of),
  },
  {
    key: "why",
    header: bundleTexts.why,
    narrow: "line",
    cell: ({ why, retriedRows, startAt, approve, askedBy, askedAt }) => (
      <>
        {why} {retriedRows !== null && waiting.retry(retriedRows)}{" "}
        {startAt !== null && waiting.starts(formatTime(startAt))}
        <div className={styles.quiet}>
          {approve?.code === "approval_own"
            ? waiting.own
            : `${waiting.asked(askedBy, formatTime(askedAt))} ${approve?.message ?? ""}`}
        </div>
      </>
    ),
  },
];

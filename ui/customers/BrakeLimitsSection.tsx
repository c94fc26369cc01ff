import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { CommandButton } from "../kit/CommandButton.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section } from "../kit/Section.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { AskedLimitsNotice } from "./AskedLimitsNotice.tsx";
import { brakeLimitTexts as words } from "./brake-limit-texts.ts";
import { brakesQuery } from "./customer-queries.ts";
import styles from "./NewCustomerDialog.module.css";

const BrakeLimitsDialog = lazy(async () => ({ default: (await import("./BrakeLimitsDialog.tsx")).BrakeLimitsDialog }));

/** Beyond which limits plans need a second agent, at a customer or, with null, wherever there are no others. */
export function BrakeLimitsSection({ customerId }: { customerId: string | null }) {
  const reason = usePartnerReason();
  const brakes = useQuery({ ...brakesQuery(customerId), enabled: customerId !== null || reason === null });
  const [changing, setChanging] = useState(false);
  const whose = customerId === null ? "" : brakes.data?.own === true ? words.own : words.ofAll;
  return (
    <Section
      title={words.title}
      lead={customerId === null ? `${words.lead} ${words.leadAll}` : words.lead}
      acts={
        <CommandButton
          appearance="secondary"
          command={{ key: "limits", label: words.change, reason, onUse: () => setChanging(true) }}
        />
      }
    >
      {brakes.data !== undefined ? (
        <div className={styles.fields}>
          <p>
            {whose} {words.said(brakes.data.limits)}
          </p>
          {brakes.data.asked !== null && <AskedLimitsNotice customerId={customerId} asked={brakes.data.asked} />}
        </div>
      ) : brakes.isError ? (
        <ProblemNotice error={brakes.error} onRetry={() => void brakes.refetch()} />
      ) : (
        reason === null && <Loading />
      )}
      {changing && brakes.data !== undefined && (
        <Suspense>
          <BrakeLimitsDialog customerId={customerId} brakes={brakes.data} onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </Section>
  );
}

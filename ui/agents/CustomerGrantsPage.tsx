import { PersonKeyRegular } from "@fluentui/react-icons/svg/person-key";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { customerQuery } from "../customers/customer-queries.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { CommandBar } from "../kit/CommandBar.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { agentTexts } from "./agent-texts.ts";
import { GrantList } from "./GrantList.tsx";

const GrantDialog = lazy(async () => ({ default: (await import("./GrantDialog.tsx")).GrantDialog }));

const words = agentTexts.grants;

/** Who may do what at one customer, and until when; for Admin agents. */
export function CustomerGrantsPage() {
  const customerId = useCustomerId();
  const reason = usePartnerReason();
  const customer = useQuery(customerQuery(customerId));
  const [giving, setGiving] = useState(false);
  const name = customer.data?.name ?? "";
  return (
    <>
      <CommandBar
        label={words.title}
        commands={[
          { key: "give", label: words.give, icon: <PersonKeyRegular />, reason, onUse: () => setGiving(true) },
        ]}
      />
      {reason === null ? <GrantList filter={{ customerId }} customerName={name} /> : <NoAuthority reason={reason} />}
      {giving && (
        <Suspense>
          <GrantDialog customer={{ id: customerId, name }} onClose={() => setGiving(false)} />
        </Suspense>
      )}
    </>
  );
}

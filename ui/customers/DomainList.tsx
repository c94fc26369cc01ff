import { Badge } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useQuery } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { useAct } from "../client/use-act.ts";
import { customerQuery } from "./customer-queries.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import { customerTexts } from "./customer-texts.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { DataTable } from "../kit/DataTable.tsx";
import styles from "./DomainList.module.css";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";

const words = customerTexts.products;

/** The domains of a customer, and which one is the default. */
export function DomainList({ customerId, onAdd }: { customerId: string; onAdd: () => void }) {
  const customer = useQuery(customerQuery(customerId));
  const reason = usePartnerReason();
  const refresh = useProductsRefresh(customerId);
  const makeDefault = useAct({
    mutationFn: (defaultDomain: string) =>
      callRoute("changeCustomer", { params: { customerId }, body: { defaultDomain } }),
    onSuccess: refresh,
  });
  return (
    <Section
      title={words.domains}
      acts={
        <CommandButton
          appearance="secondary"
          command={{ key: "add", label: words.addDomain, icon: <AddRegular />, reason, onUse: onAdd }}
        />
      }
    >
      {makeDefault.isError && <ProblemNotice error={makeDefault.error} />}
      <Sheet>
        <DataTable
          label={words.domains}
          items={customer.data?.domains}
          itemKey={({ name }) => name}
          columns={[
            {
              key: "name",
              header: words.domain,
              narrow: "lead",
              cell: ({ name, isDefault }) => (
                <span className={styles.domain}>
                  {name}
                  {isDefault && (
                    <Badge appearance="tint" color="brand">
                      {words.isDefault}
                    </Badge>
                  )}
                </span>
              ),
            },
            {
              key: "act",
              header: <span className="visually-hidden">{words.makeDefault}</span>,
              narrow: "end",
              width: "130px",
              numeric: true,
              cell: ({ name, isDefault }) =>
                !isDefault && (
                  <CommandButton
                    command={{
                      key: "default",
                      label: words.makeDefault,
                      reason,
                      onUse: () => makeDefault.mutate(name),
                    }}
                  />
                ),
            },
          ]}
        />
      </Sheet>
    </Section>
  );
}

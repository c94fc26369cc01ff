import { Badge } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { type Grant, gdapRoles } from "../../contract/authority.ts";
import { pages } from "../../contract/pages.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import type { Column } from "../kit/DataTable.tsx";
import { formatDay } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { agentTexts } from "./agent-texts.ts";
import { grantDaysLeft } from "./grant-days-left.ts";

const words = agentTexts.grants;
const soonDays = 30;

/** A grant, with its customer's name where a list has several customers. */
export type ShownGrant = Grant & { customerName?: string };

/** What a table shows of grants, and what can be done to each; `reasonOf` says why one may not be extended. */
export function grantColumns({
  withHolder,
  withCustomer,
  reasonOf,
  onExtend,
  onEnd,
}: {
  withHolder: boolean;
  withCustomer: boolean;
  reasonOf: (grant: ShownGrant) => string | null;
  onExtend: (grant: ShownGrant) => void;
  onEnd: (grant: ShownGrant) => void;
}): Column<ShownGrant>[] {
  return [
    ...(withHolder ? [holder] : []),
    ...(withCustomer ? [withHolder ? customer : { ...customer, narrow: "lead" as const }] : []),
    { key: "role", header: words.role, cell: ({ role }) => gdapRoles[role].label },
    { key: "endsAt", header: words.endsAt, width: "190px", cell: ({ endsAt }) => <End at={endsAt} /> },
    { key: "by", header: words.by, narrow: "wideOnly", cell: ({ createdBy }) => createdBy },
    {
      key: "acts",
      header: <span className="visually-hidden">{words.extend}</span>,
      narrow: "end",
      numeric: true,
      width: "180px",
      cell: (grant) => (
        <>
          <CommandButton
            command={{
              key: "extend",
              label: words.extend,
              reason: reasonOf(grant),
              onUse: () => onExtend(grant),
            }}
          />
          <CommandButton command={{ key: "end", label: words.end, onUse: () => onEnd(grant) }} />
        </>
      ),
    },
  ];
}

const holder: Column<ShownGrant> = {
  key: "holder",
  header: words.holder,
  narrow: "lead",
  cell: ({ holder: name, agentId }) =>
    agentId === null ? (
      `${name} (${words.group})`
    ) : (
      <Link to={pages.agent.path} params={{ agentId }}>
        {name}
      </Link>
    ),
};

const customer: Column<ShownGrant> = {
  key: "customer",
  header: words.customer,
  cell: ({ customerId, customerName }) => (
    <Link to={pages.customerGrants.path} params={{ customerId }}>
      {customerName}
    </Link>
  ),
};

function End({ at }: { at: string }) {
  const days = grantDaysLeft(at, new Date());
  return (
    <>
      {formatDay(at)}{" "}
      {days <= soonDays && (
        <Badge appearance="tint" color="warning">
          {days === 0 ? words.today : words.endsSoon(texts.units.days(days))}
        </Badge>
      )}
    </>
  );
}

import { Field, Input } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { gdapRoles, longestGrantDays } from "../../contract/authority.ts";
import type { Overview } from "../../contract/overview.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { formatDay } from "../kit/format.ts";
import { usePartnerReason } from "../kit/use-authority.ts";
import { useTried } from "../kit/use-tried.ts";
import { homeTexts } from "./home-texts.ts";
import { NoticeList } from "./NoticeList.tsx";

const words = homeTexts.grants;
const usualDays = "365";

type Ending = Overview["grants"][number];

/** Grants that end soon, with a renewal for those who may. */
export function EndingGrants({ grants }: { grants: Ending[] | undefined }) {
  const reason = usePartnerReason();
  const [renewing, setRenewing] = useState<Ending | null>(null);
  return (
    <>
      <NoticeList
        title={words.title}
        notices={grants?.map((grant) => ({
          key: grant.id,
          what: grant.holder,
          more: `${words.line(gdapRoles[grant.role].label, grant.customerName)} · ${words.ends(formatDay(grant.endsAt))}`,
          act: (
            <CommandButton
              appearance="secondary"
              command={{ key: grant.id, label: words.renew, reason, onUse: () => setRenewing(grant) }}
            />
          ),
        }))}
      />
      {renewing !== null && <RenewDialog grant={renewing} onClose={() => setRenewing(null)} />}
    </>
  );
}

function RenewDialog({ grant, onClose }: { grant: Ending; onClose: () => void }) {
  const client = useQueryClient();
  const [days, setDays] = useState(usualDays);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const right = Number.isInteger(Number(days)) && Number(days) >= 1 && Number(days) <= longestGrantDays;
  return (
    <AskDialog
      title={words.renewTitle(grant.holder)}
      submit={words.renew}
      mayAct={() => tryNow(right)}
      onClose={onClose}
      act={async () => {
        const params = { customerId: grant.customerId, grantId: grant.id };
        await callRoute("renewGrant", { params, body: { days: Number(days) } });
        await client.invalidateQueries({ queryKey: queryKeys.overview() });
      }}
    >
      <p>{words.line(gdapRoles[grant.role].label, grant.customerName)}</p>
      <div ref={place}>
        <Field
          label={words.renewDays}
          required
          {...(tried && !right && { validationMessage: words.renewDaysWrong(longestGrantDays) })}
        >
          <Input inputMode="numeric" autoFocus value={days} onChange={(_event, { value }) => setDays(value)} />
        </Field>
      </div>
    </AskDialog>
  );
}

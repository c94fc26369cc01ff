import { useState } from "react";
import { gdapRoles } from "../../contract/authority.ts";
import type { Overview } from "../../contract/overview.ts";
import { ExtendGrantDialog } from "../agents/ExtendGrantDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { formatDay } from "../kit/format.ts";
import { usePartnerReason } from "../kit/use-authority.ts";
import { homeTexts } from "./home-texts.ts";
import { NoticeList } from "./NoticeList.tsx";

const words = homeTexts.grants;

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
      {renewing !== null && <ExtendGrantDialog grant={renewing} onClose={() => setRenewing(null)} />}
    </>
  );
}

import { AddRegular } from "@fluentui/react-icons/svg/add";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { useTitle } from "../kit/use-title.ts";
import { WebhookTable } from "./WebhookTable.tsx";
import { webhookTexts } from "./webhook-texts.ts";

const NewWebhookDialog = lazy(async () => ({ default: (await import("./NewWebhookDialog.tsx")).NewWebhookDialog }));

const words = webhookTexts.webhooks;

/** Other programs that are told of batches, for Admin agents. */
export function WebhooksPage() {
  useTitle(pages.webhooks.title);
  const reason = usePartnerReason();
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHead title={pages.webhooks.title} lead={words.lead}>
        <CommandButton
          appearance="primary"
          command={{ key: "add", label: words.add, icon: <AddRegular />, reason, onUse: () => setMaking(true) }}
        />
      </PageHead>
      {reason === null ? <WebhookTable /> : <NoAuthority reason={reason} />}
      {making && (
        <Suspense>
          <NewWebhookDialog onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  );
}

import { Button, Menu, MenuItemLink, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { lazy, Suspense, useState } from "react";
import type { Batch, RetrySelection } from "../../contract/batch.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import type { RowListFilter } from "./batch-queries.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { brakeTexts } from "./brake-texts.ts";
import { useHandOff } from "./use-hand-off.tsx";

const words = batchWorkTexts.rows;
const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));

/** What can be done with all rows that the filters of a batch show: they and their passwords are downloaded, or they are retried. */
export function RowActs({ batch, filter }: { batch: Batch; filter: RowListFilter }) {
  const { id: batchId, customerId, operation } = batch;
  const [retrying, setRetrying] = useState(false);
  const { reason } = useAuthority(customerId);
  const selection = retryOf(filter);
  const asked = batch.state === "awaiting_approval" ? brakeTexts.waiting.title : null;
  const handOff = useHandOff(batch, filter);
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<ArrowDownloadRegular />}>
            {words.download}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItemLink href={routeAddress("downloadResults", { params: { batchId }, query: filter })} download>
              {batchTexts.batch.results}
            </MenuItemLink>
            {handOff.items}
          </MenuList>
        </MenuPopover>
      </Menu>
      {handOff.beside}
      <CommandButton
        command={{
          key: "retry",
          label: words.retry,
          icon: <ArrowClockwiseRegular />,
          reason: reason(operation) ?? asked ?? (selection === null ? words.noRetry : null),
          onUse: () => setRetrying(true),
        }}
      />
      {retrying && selection !== null && (
        <Suspense>
          <RetryDialog
            title={words.retry}
            what={[batchId, selection, batch.totals]}
            targets={async () => await Promise.resolve([{ batchId, selection }])}
            onClose={() => setRetrying(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** The rows of a filter that a retry can take up; null where there are none, because it shows rows that ended well or a part of a plan. */
function retryOf({ state, code, plan }: RowListFilter): RetrySelection | null {
  if (plan !== undefined) return null;
  if (state !== undefined && state !== "failed" && state !== "partial" && state !== "cancelled") return null;
  return { ...(state !== undefined && { state }), ...(code !== undefined && { codes: [code] }) };
}

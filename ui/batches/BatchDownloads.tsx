import {
  Button,
  Menu,
  MenuDivider,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import type { Batch } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { useIsNarrow } from "../kit/use-is-narrow.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { GreyedItem } from "./GreyedItem.tsx";
import { useHandOff } from "./use-hand-off.tsx";

const words = batchTexts.batch;

/** The files that a batch gives; those that it cannot give now are greyed and say why. */
export function BatchDownloads({ batch }: { batch: Batch }) {
  const { id: batchId, state, totals, operation } = batch;
  const params = { batchId };
  const narrow = useIsNarrow();
  const handOff = useHandOff(batch);
  if (state === "staging" || totals.rows === 0) return null;
  return (
    <>
      {handOff.passwords !== null && !narrow && (
        <Button
          icon={<ArrowDownloadRegular />}
          disabledFocusable={handOff.passwords.isPending}
          onClick={() => handOff.passwords?.mutate()}
        >
          {words.passwords}
        </Button>
      )}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} aria-label={words.downloads}>
            {narrow ? undefined : words.downloads}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItemLink href={routeAddress("downloadResults", { params })} download>
              {words.results}
            </MenuItemLink>
            {totals.failed + totals.partial > 0 ? (
              <MenuItemLink href={routeAddress("downloadFailed", { params })} download>
                {words.failed}
              </MenuItemLink>
            ) : (
              <GreyedItem label={words.failed} reason={batchWorkTexts.downloads.noFailures} />
            )}
            {handOff.items}
            <MenuDivider />
            <MenuItemLink href={`/queues/queue/${operations[operation].queue}`}>{words.queues}</MenuItemLink>
          </MenuList>
        </MenuPopover>
      </Menu>
      {handOff.beside}
    </>
  );
}

import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import { operationFromSlug, operations } from "../../contract/operations.ts";
import { pages } from "../../contract/pages.ts";
import { callRoute } from "../client/call-route.ts";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { say } from "../kit/toasts.ts";
import { keepSent, sentFor } from "../upload/sent-files.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { startUpload } from "../upload/uploads.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";

const words = batchPlanTexts.sheets;

/** Which sheet of a workbook was read, and, before the start, a way to read another one in its place. */
export function SheetChoice({ batch, sheets }: { batch: Batch; sheets: NonNullable<Batch["sheets"]> }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const read = useAct({
    mutationFn: async (sheet: string) => {
      const order = sentFor(client, batch.id);
      if (order === undefined) {
        // Another tab sent it, or this one was loaded again: the file has to be chosen once more.
        const asked = operationFromSlug(operations[batch.operation].slug);
        const search = { operation: asked && operations[asked].slug, sheet };
        return await navigate({ to: pages.upload.path, params: { customerId: batch.customerId }, search });
      }
      const again = { ...order, options: { ...order.options, sheet } };
      const planned = await startUpload(again);
      keepSent(client, planned.id, again);
      await callRoute("cancelBatch", { params: { batchId: batch.id } });
      say({ tone: "good", text: words.cancelled });
      return await navigate({ to: pages.batch.path, params: { batchId: planned.id } });
    },
    onError: (error) => say({ tone: "bad", text: problemOf(error).detail }),
  });
  const { others, hidden } = sheets;
  return (
    <>
      {words.read(sheets.read, 1 + others.length + hidden.length)}{" "}
      {batch.state === "ready" && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <MenuButton size="small" disabledFocusable={read.isPending}>
              {words.another}
            </MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {[...others, ...hidden].map((name) => (
                <MenuItem key={name} onClick={() => read.mutate(name)}>
                  {hidden.includes(name) ? uploadTexts.upload.sheetHidden(name) : name}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </>
  );
}

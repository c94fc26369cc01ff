import { useQueryClient } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { texts } from "../kit/texts.ts";
import { TextInput } from "../kit/TextInput.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { customerTexts } from "./customer-texts.ts";

const words = customerTexts.customer;

/** Asks for another name of a customer. */
export function RenameDialog({
  customerId,
  name: before,
  onClose,
}: {
  customerId: string;
  name: string;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const draft = useDraft(`rename ${customerId}`, { name: before });
  const { name } = draft.value;
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const named = name.trim() !== "";
  return (
    <DraftDialog
      draft={draft}
      title={words.renameTitle(before)}
      submit={texts.common.save}
      mayAct={() => tryNow(named)}
      act={async () => {
        await callRoute("changeCustomer", { params: { customerId }, body: { name: name.trim() } });
        say({ tone: "good", text: words.renamed(before, name.trim()) });
        const moved = [queryKeys.customers(), queryKeys.customer(customerId)];
        await Promise.all(moved.map((queryKey) => client.invalidateQueries({ queryKey })));
      }}
      onClose={onClose}
    >
      <div ref={place}>
        <TextInput
          label={customerTexts.newCustomer.name}
          value={name}
          onChange={(value) => draft.set({ name: value })}
          required
          autoFocus
          {...(tried && !named && { problem: customerTexts.newCustomer.nameMissing })}
        />
      </div>
    </DraftDialog>
  );
}

import { callRoute } from "../client/call-route.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import { customerTexts } from "./customer-texts.ts";
import { TextInput } from "../kit/TextInput.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";

const words = customerTexts.products;

/** Asks for one more domain of the customer. */
export function DomainDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const draft = useDraft(`new-domain ${customerId}`, { name: "" });
  const { name } = draft.value;
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const refresh = useProductsRefresh(customerId);
  return (
    <DraftDialog
      draft={draft}
      title={words.addDomainTitle}
      submit={words.addDomain}
      mayAct={() => tryNow(name.trim() !== "")}
      onClose={onClose}
      act={async () => {
        await callRoute("addDomain", { params: { customerId }, body: { name: name.trim() } });
        await refresh();
      }}
    >
      <div ref={place}>
        <TextInput
          label={words.domain}
          required
          autoFocus
          value={name}
          onChange={(value) => draft.set({ name: value })}
          {...(tried && name.trim() === "" && { problem: words.domainMissing })}
        />
      </div>
    </DraftDialog>
  );
}

import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import { customerTexts } from "./customer-texts.ts";
import { AskDialog } from "../kit/AskDialog.tsx";

const words = customerTexts.products;

/** Asks for one more domain of the customer. */
export function DomainDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [name, setName] = useState("");
  const refresh = useProductsRefresh(customerId);
  return (
    <AskDialog
      title={words.addDomainTitle}
      submit={words.addDomain}
      onClose={onClose}
      act={async () => {
        await callRoute("addDomain", { params: { customerId }, body: { name: name.trim() } });
        await refresh();
      }}
    >
      <Field label={words.domain} required>
        <Input autoFocus value={name} onChange={(_event, { value }) => setName(value)} />
      </Field>
    </AskDialog>
  );
}

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Textarea,
} from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { customerTexts } from "./customer-texts.ts";
import { texts } from "../kit/texts.ts";
import styles from "./NewCustomerDialog.module.css";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { queryKeys } from "../client/query-keys.ts";

const words = customerTexts.newCustomer;

type ProductLine = { key: number; skuPartNumber: string; total: string };

/** Asks for a customer's name, domains and products, and makes it. */
export function NewCustomerDialog({ onClose, onMade }: { onClose: () => void; onMade: (customerId: string) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [domains, setDomains] = useState("");
  const [products, setProducts] = useState<ProductLine[]>([]);
  const [tried, setTried] = useState(false);
  const domainNames = domains.split(/[\s,;]+/).filter(Boolean);

  const make = useMutation({
    mutationFn: () =>
      callRoute("createCustomer", {
        body: {
          name: name.trim(),
          domains: domainNames,
          products: products
            .filter(({ skuPartNumber }) => skuPartNumber.trim() !== "")
            .map(({ skuPartNumber, total }) => ({ skuPartNumber: skuPartNumber.trim(), total: Number(total) || 0 })),
        },
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: queryKeys.customers() });
      onMade(id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "" && domainNames.length > 0) make.mutate();
  };
  const change = (key: number, part: Partial<ProductLine>) =>
    setProducts((lines) => lines.map((line) => (line.key === key ? { ...line, ...part } : line)));

  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{words.title}</DialogTitle>
            <DialogContent className={styles.content}>
              <div className={styles.fields}>
                {make.isError && <ProblemNotice error={make.error} />}
                <Field
                  label={words.name}
                  required
                  {...(tried && name.trim() === "" && { validationMessage: words.nameMissing })}
                >
                  <Input name="name" autoFocus value={name} onChange={(_event, { value }) => setName(value)} />
                </Field>
                <Field
                  label={words.domains}
                  hint={words.domainsHint}
                  required
                  {...(tried && domainNames.length === 0 && { validationMessage: words.domainsMissing })}
                >
                  <Textarea
                    name="domains"
                    rows={2}
                    resize="vertical"
                    placeholder="contoso.example"
                    value={domains}
                    onChange={(_event, { value }) => setDomains(value)}
                  />
                </Field>
                <fieldset className={styles.products}>
                  <legend>{words.products}</legend>
                  <p className={styles.hint}>{words.productsHint}</p>
                  {products.map(({ key, skuPartNumber, total }, at) => (
                    <div key={key} className={styles.product}>
                      <Input
                        aria-label={words.product}
                        placeholder={words.productExample}
                        value={skuPartNumber}
                        onChange={(_event, { value }) => change(key, { skuPartNumber: value })}
                      />
                      <Input
                        aria-label={words.seats}
                        placeholder={words.seats}
                        type="number"
                        min={0}
                        input={{ style: { width: "100%" } }}
                        value={total}
                        onChange={(_event, { value }) => change(key, { total: value })}
                      />
                      <Button
                        appearance="subtle"
                        icon={<DismissRegular />}
                        aria-label={words.removeProduct(at + 1)}
                        onClick={() => setProducts((lines) => lines.filter((line) => line.key !== key))}
                      />
                    </div>
                  ))}
                  <div>
                    <Button
                      size="small"
                      icon={<AddRegular />}
                      onClick={() =>
                        setProducts((lines) => [...lines, { key: Date.now(), skuPartNumber: "", total: "" }])
                      }
                    >
                      {words.addProduct}
                    </Button>
                  </div>
                </fieldset>
              </div>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{texts.common.cancel}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={make.isPending}>
                {words.submit}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

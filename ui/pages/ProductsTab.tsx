import { Badge, Button, Field, Input, Link } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { callRoute } from "../client/call-route.ts";
import { customerQuery, productsQuery } from "../client/queries.ts";
import { formatCount } from "../format.ts";
import { AskDialog } from "../parts/AskDialog.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { EmptyState } from "../parts/EmptyState.tsx";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { SeatMeter } from "../parts/SeatMeter.tsx";
import { Section, Sheet } from "../parts/Section.tsx";
import { texts } from "../texts.ts";
import styles from "./ProductsTab.module.css";

const words = texts.products;

type Asking = { kind: "seats"; product: Product } | { kind: "product" } | { kind: "domain" };

/** The products of a customer with their seats, and its domains. */
export function ProductsTab() {
  const { customerId } = useParams({ from: "/frame/customers/$customerId/products" });
  const [asking, setAsking] = useState<Asking | null>(null);
  const products = useQuery(productsQuery(customerId));
  const close = () => setAsking(null);
  const columns: Column<Product>[] = [
    {
      key: "name",
      header: words.name,
      narrow: "lead",
      cell: ({ name, skuPartNumber }) => (
        <>
          <span className={styles.name}>{name}</span> <span className={styles.part}>{skuPartNumber}</span>
        </>
      ),
    },
    {
      key: "meter",
      header: <span className="visually-hidden">{words.share}</span>,
      narrow: "wideOnly",
      width: "180px",
      cell: ({ consumed, total }) => <SeatMeter used={consumed} total={total} />,
    },
    {
      key: "used",
      header: words.used,
      numeric: true,
      width: "90px",
      narrow: "wideOnly",
      cell: ({ consumed }) => formatCount(consumed),
    },
    {
      key: "seats",
      header: words.seats,
      numeric: true,
      width: "90px",
      cell: ({ total, consumed }) => (
        <>
          <span className={styles.narrowOnly}>{formatCount(consumed)} / </span>
          {formatCount(total)}
        </>
      ),
    },
    {
      key: "available",
      header: words.available,
      numeric: true,
      width: "100px",
      narrow: "wideOnly",
      cell: ({ available }) => formatCount(available),
    },
    {
      key: "change",
      header: <span className="visually-hidden">{words.change}</span>,
      width: "130px",
      numeric: true,
      narrow: "end",
      cell: (product) => (
        <Link as="button" onClick={() => setAsking({ kind: "seats", product })}>
          {words.change}
        </Link>
      ),
    },
  ];
  return (
    <div className={styles.page}>
      <Section
        title={words.title}
        acts={
          <Button size="small" icon={<AddRegular />} onClick={() => setAsking({ kind: "product" })}>
            {words.add}
          </Button>
        }
      >
        {products.isError && <ProblemNotice error={products.error} onRetry={() => void products.refetch()} />}
        <Sheet>
          {products.data?.length === 0 ? (
            <EmptyState heading="h3" title={words.empty} lead={words.emptyLead} />
          ) : (
            <DataTable label={words.title} columns={columns} items={products.data} itemKey={({ skuId }) => skuId} />
          )}
        </Sheet>
      </Section>
      <Domains customerId={customerId} onAdd={() => setAsking({ kind: "domain" })} />
      {asking?.kind === "seats" && <SeatsDialog customerId={customerId} product={asking.product} onClose={close} />}
      {asking?.kind === "product" && <ProductDialog customerId={customerId} onClose={close} />}
      {asking?.kind === "domain" && <DomainDialog customerId={customerId} onClose={close} />}
    </div>
  );
}

function Domains({ customerId, onAdd }: { customerId: string; onAdd: () => void }) {
  const customer = useQuery(customerQuery(customerId));
  const refresh = useRefresh(customerId);
  const makeDefault = useMutation({
    mutationFn: (defaultDomain: string) =>
      callRoute("changeCustomer", { params: { customerId }, body: { defaultDomain } }),
    onSuccess: refresh,
  });
  return (
    <Section
      title={words.domains}
      acts={
        <Button size="small" icon={<AddRegular />} onClick={onAdd}>
          {words.addDomain}
        </Button>
      }
    >
      {makeDefault.isError && <ProblemNotice error={makeDefault.error} />}
      <Sheet>
        <DataTable
          label={words.domains}
          items={customer.data?.domains}
          itemKey={({ name }) => name}
          columns={[
            {
              key: "name",
              header: words.domain,
              narrow: "lead",
              cell: ({ name, isDefault }) => (
                <span className={styles.domain}>
                  {name}
                  {isDefault && (
                    <Badge appearance="tint" color="brand">
                      {words.isDefault}
                    </Badge>
                  )}
                </span>
              ),
            },
            {
              key: "act",
              header: <span className="visually-hidden">{words.makeDefault}</span>,
              narrow: "end",
              width: "130px",
              numeric: true,
              cell: ({ name, isDefault }) =>
                !isDefault && (
                  <Link as="button" onClick={() => makeDefault.mutate(name)}>
                    {words.makeDefault}
                  </Link>
                ),
            },
          ]}
        />
      </Sheet>
    </Section>
  );
}

function SeatsDialog({ customerId, product, onClose }: { customerId: string; product: Product; onClose: () => void }) {
  const [total, setTotal] = useState(String(product.total));
  const refresh = useRefresh(customerId);
  return (
    <AskDialog
      title={words.changeTitle(product.name)}
      submit={texts.common.save}
      onClose={onClose}
      act={async () => {
        const { skuId } = product;
        await callRoute("changeProduct", { params: { customerId, skuId }, body: { total: Number(total) } });
        await refresh();
      }}
    >
      <Field label={words.total} hint={words.totalHint(product.consumed)} required>
        <Input
          type="number"
          min={product.consumed}
          autoFocus
          value={total}
          onChange={(_event, { value }) => setTotal(value)}
        />
      </Field>
    </AskDialog>
  );
}

function ProductDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [skuPartNumber, setPart] = useState("");
  const [total, setTotal] = useState("");
  const refresh = useRefresh(customerId);
  return (
    <AskDialog
      title={words.addTitle}
      submit={words.add}
      onClose={onClose}
      act={async () => {
        const body = { skuPartNumber: skuPartNumber.trim(), total: Number(total) };
        await callRoute("addProduct", { params: { customerId }, body });
        await refresh();
      }}
    >
      <Field label={words.name} hint={texts.newCustomer.productHint} required>
        <Input autoFocus value={skuPartNumber} onChange={(_event, { value }) => setPart(value)} />
      </Field>
      <Field label={words.total} required>
        <Input type="number" min={0} value={total} onChange={(_event, { value }) => setTotal(value)} />
      </Field>
    </AskDialog>
  );
}

function DomainDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [name, setName] = useState("");
  const refresh = useRefresh(customerId);
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

function useRefresh(customerId: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ["products", customerId] }),
      client.invalidateQueries({ queryKey: ["customer", customerId] }),
    ]);
  };
}

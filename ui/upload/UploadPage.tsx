import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { operationFromSlug, operations } from "../../contract/operations.ts";
import { pages } from "../../contract/pages.ts";
import { customerCrumbs } from "../customers/customer-crumbs.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useTitle } from "../kit/use-title.ts";
import { OperationChoice } from "./OperationChoice.tsx";
import { UploadForm } from "./UploadForm.tsx";
import { uploadTexts } from "./upload-texts.ts";
import { useUploads } from "./uploads.ts";

const words = uploadTexts.upload;

/** Takes a spreadsheet, what to do with its users and how it is meant, and goes on to its plan. */
export function UploadPage() {
  const customerId = useCustomerId();
  const customer = useQuery(customerQuery(customerId));
  const products = useQuery(productsQuery(customerId));
  const navigate = useNavigate({ from: pages.upload.path });
  const search = useSearch({ from: "/frame/customers/$customerId/upload" });
  const operation = operationFromSlug(search.operation ?? "") ?? "createUsers";
  const { title } = words.operations[operation];
  const under = useUploads().find((one) => one.customerId === customerId);
  const [foundUnder] = useState(under?.key);
  const { reason } = useAuthority(customerId);
  useTitle(title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={title} />
          <OperationChoice
            reason={reason}
            value={operation}
            onChange={(chosen) =>
              void navigate({ search: (now) => ({ ...now, operation: operations[chosen].slug }), replace: true })
            }
          />
          <UploadForm
            // What is on its way since before the page was opened is kept until it is taken: then the form begins anew.
            key={`${under !== undefined && under.key === foundUnder}`}
            customerId={customerId}
            operation={operation}
            sheet={search.sheet}
            onSheet={(sheet) => void navigate({ search: (now) => ({ ...now, sheet }), replace: true })}
            refusal={reason(operation)}
            ofCustomer={{ domains: domains.map((domain) => domain.name), products: products.data ?? [] }}
          />
        </>
      )}
    </QueryGate>
  );
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { operationFromSlug, operations } from "../../contract/operations.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { useTitle } from "../kit/use-title.ts";
import { OperationChoice } from "../upload/OperationChoice.tsx";
import { UploadForm } from "../upload/UploadForm.tsx";
import { useUploads } from "../upload/uploads.ts";
import { bundleTexts } from "./bundle-texts.ts";

/** Takes a spreadsheet whose rows belong to many customers, and goes on to its batches. */
export function BundleUploadPage() {
  const navigate = useNavigate({ from: pages.bundleUpload.path });
  const search = useSearch({ from: "/frame/upload" });
  const operation = operationFromSlug(search.operation ?? "") ?? "createUsers";
  const under = useUploads().find((one) => one.customerId === null);
  const [foundUnder] = useState(under?.key);
  useTitle(pages.bundleUpload.title);
  return (
    <>
      <PageHead
        crumbs={[
          { label: pages.batches.title, to: pageAddress("batches") },
          { label: pages.bundles.title, to: pageAddress("bundles") },
        ]}
        title={pages.bundleUpload.title}
        lead={bundleTexts.lead}
      />
      <OperationChoice
        // What the agent may do differs from customer to customer, and is asked at each.
        reason={() => null}
        value={operation}
        onChange={(chosen) =>
          void navigate({ search: (now) => ({ ...now, operation: operations[chosen].slug }), replace: true })
        }
      />
      <UploadForm
        // What is on its way since before the page was opened is kept until it is taken: then the form begins anew.
        key={`${under !== undefined && under.key === foundUnder}`}
        customerId={null}
        operation={operation}
        sheet={search.sheet}
        onSheet={(sheet) => void navigate({ search: (now) => ({ ...now, sheet }), replace: true })}
        refusal={null}
        ofCustomer={null}
      />
    </>
  );
}

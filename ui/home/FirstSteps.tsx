import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import { Sheet } from "../kit/Section.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { homeTexts } from "./home-texts.ts";

const words = homeTexts.first;

const NewCustomerDialog = lazy(async () => ({
  default: (await import("../customers/NewCustomerDialog.tsx")).NewCustomerDialog,
}));

/** What to do first, before there is any batch: by what the agent may do, and how many customers there are. */
export function FirstSteps({ customers }: { customers: number }) {
  const navigate = useNavigate();
  const reason = usePartnerReason();
  const [making, setMaking] = useState(false);
  if (customers === 0 && reason !== null) {
    return (
      <Sheet>
        <EmptyState title={words.noGrant} lead={words.noGrantLead} />
      </Sheet>
    );
  }
  return (
    <Sheet>
      <EmptyState title={words.title} lead={words.steps.join(" → ")}>
        <CommandButton
          appearance={customers === 0 ? "primary" : "secondary"}
          command={{ key: "customer", label: words.customer, reason, onUse: () => setMaking(true) }}
        />
        {customers > 0 && (
          <LinkButton to={pages.customers.path} appearance="primary">
            {words.upload}
          </LinkButton>
        )}
      </EmptyState>
      {making && (
        <Suspense>
          <NewCustomerDialog
            onClose={() => setMaking(false)}
            onMade={(customerId) => void navigate({ to: pages.users.path, params: { customerId } })}
          />
        </Suspense>
      )}
    </Sheet>
  );
}

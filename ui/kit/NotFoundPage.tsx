import { pages } from "../../contract/pages.ts";
import { texts } from "./texts.ts";
import { EmptyState } from "./EmptyState.tsx";
import { LinkButton } from "./LinkButton.tsx";
import { useTitle } from "./use-title.ts";

/** Stands where an address leads nowhere, or to something the agent may not see. */
export function NotFoundPage() {
  useTitle(texts.notFound.title);
  return (
    <EmptyState heading="h1" title={texts.notFound.title} lead={texts.notFound.lead}>
      <LinkButton appearance="primary" to={pages.customers.path}>
        {texts.notFound.home}
      </LinkButton>
    </EmptyState>
  );
}

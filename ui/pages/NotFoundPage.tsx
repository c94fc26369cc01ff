import { texts } from "../texts.ts";
import { EmptyState } from "../parts/EmptyState.tsx";
import { LinkButton } from "../parts/LinkButton.tsx";
import { useTitle } from "../layout/use-title.ts";

/** Stands where an address leads nowhere, or to something the agent may not see. */
export function NotFoundPage() {
  useTitle(texts.notFound.title);
  return (
    <EmptyState heading="h1" title={texts.notFound.title} lead={texts.notFound.lead}>
      <LinkButton appearance="primary" to="/customers">
        {texts.notFound.home}
      </LinkButton>
    </EmptyState>
  );
}

import type { ReactNode } from "react";
import { EmptyState } from "./EmptyState.tsx";
import { texts } from "./texts.ts";

/** Stands in the place of what the agent may not do or see, with the role that is missing and a way on. */
export function NoAuthority({ reason, children }: { reason: string; children?: ReactNode }) {
  return (
    <EmptyState title={texts.authority.title} lead={`${reason} ${texts.authority.lead}`}>
      {children}
    </EmptyState>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { forgetDrafts } from "../client/drafts.ts";
import { sessionLeft } from "../client/session.ts";

/** Ends the agent's session, and forgets what was typed and read here. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await callRoute("signOut", {}).catch(() => undefined);
    sessionLeft();
    forgetDrafts();
    client.clear();
  };
}

import { useNavigate } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";

/** Closes a panel over the list of users, which is as it was before. */
export function useClose(customerId: string): () => void {
  const navigate = useNavigate();
  return () => void navigate({ to: pages.users.path, params: { customerId }, search: (now) => now });
}

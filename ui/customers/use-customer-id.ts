import { useParams } from "@tanstack/react-router";

/** The customer that the address of this page names. */
export function useCustomerId(): string {
  return useParams({ strict: false }).customerId ?? "";
}

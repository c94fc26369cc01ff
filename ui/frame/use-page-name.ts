import { useMatches } from "@tanstack/react-router";
import { type PageName, pageNames, pages } from "../../contract/pages.ts";

/** The page that stands at this address; null where none does. */
export function usePageName(): PageName | null {
  const path = useMatches()
    .at(-1)
    ?.fullPath.replace(/(?<=.)\/$/, "");
  return pageNames.find((name) => pages[name].path === path) ?? null;
}

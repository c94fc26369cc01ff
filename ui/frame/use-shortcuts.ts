import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { pages } from "../../contract/pages.ts";
import { makeKeyReader } from "./shortcuts.ts";

/** Listens to the frame's keys for as long as the component is there; `/` goes to the search field of the page. */
export function useShortcuts(open: (what: "palette" | "shortcuts") => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    const read = makeKeyReader(() => performance.now());
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const act = read(event, isTyping(event.target));
      // A key that is meant for a dialog does nothing under it.
      if (act === null || (act.kind !== "palette" && document.querySelector("[role=dialog], [role=alertdialog]")))
        return;
      event.preventDefault();
      if (act.kind === "go") void navigate({ to: pages[act.page].path });
      else if (act.kind === "search") document.querySelector<HTMLElement>("#content input[type=search]")?.focus();
      else open(act.kind);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [navigate, open]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

import type { KeyboardEvent } from "react";

/**
 * Moves the focus among the hits of a search with the arrow keys, from the search field to the first of them and back; Enter
 * then follows the link as anywhere. Goes on the element around both; each hit is marked with `data-hit`.
 */
export function moveAmongHits(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement)) return;
  const field = event.currentTarget.querySelector<HTMLElement>("input[type=search]");
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-hit]")];
  const places = field === null ? hits : [field, ...hits];
  const at = places.indexOf(event.target);
  const next = places[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

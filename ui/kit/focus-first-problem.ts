/** Moves focus and view to the first field under `place` that is wrong, once it says so; false where none is. */
export function focusFirstProblem(place: HTMLElement | null): boolean {
  const field = place?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (!field) return false;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
  return true;
}

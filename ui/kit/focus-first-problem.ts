/** Moves focus and view to the first field under `place` that is wrong, or to a notice about it, once it says so; false where none is. */
export function focusFirstProblem(place: HTMLElement | null): boolean {
  const field = place?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]');
  if (!field) return false;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
  return true;
}

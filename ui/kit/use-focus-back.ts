import { useEffect, useState } from "react";

/**
 * Gives the focus back to where it was before a dialog was opened, once it is closed and nothing else has taken it. Without
 * that, the library goes on hiding a panel under the dialog from those who hear the page.
 */
export function useFocusBack(): void {
  // Read while drawing, because by the time of an effect the dialog has the focus.
  const [from] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog leaves the page only after its effects have ended.
      setTimeout(() => {
        const free = document.activeElement === null || document.activeElement === document.body;
        if (free && from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
      });
    },
    [from],
  );
}

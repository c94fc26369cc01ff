import { useEffect, useState } from "react";

/**
 * Gives the focus back to where it was before a dialog was opened, or to the panel or pane under it, once it is closed and nothing
 * else has taken it. Without that, the library goes on hiding a panel under the dialog from those who hear the page.
 */
export function useFocusBack(): void {
  // Read while drawing, because by the time of an effect the dialog has the focus.
  const [from] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog leaves the page only after its effects have ended.
      setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return;
        // What was done in the dialog may have taken away the button that opened it.
        const under = [...document.querySelectorAll("[role=dialog], [role=alertdialog], aside h2[tabindex]")].at(-1);
        const target = from?.isConnected === true && from !== document.body ? from : under;
        if (target instanceof HTMLElement) target.focus({ preventScroll: true });
      });
    },
    [from],
  );
}

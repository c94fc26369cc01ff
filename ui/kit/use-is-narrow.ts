import { useSyncExternalStore } from "react";

const query = "(max-width: 640px)";

/** True on a screen where a table has no room for its columns. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (tell) => {
      const list = matchMedia(query);
      list.addEventListener("change", tell);
      return () => list.removeEventListener("change", tell);
    },
    () => matchMedia(query).matches,
  );
}

import { useEffect, useState } from "react";

/** A text once it has stood still for so many milliseconds, so that what is typed does not send a request for each letter. */
export function useDebounced(text: string, ms: number): string {
  const [debounced, setDebounced] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return debounced;
}

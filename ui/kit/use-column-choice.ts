import { useState } from "react";

const prefix = "muster-columns";

/** The columns of a list that are shown; the choice is kept in this browser under the list's `name`. */
export type ColumnChoice = { shown: readonly string[]; show: (keys: readonly string[]) => void };

/** Keeps which columns of a list are shown; `usual` are those that are until somebody chooses. */
export function useColumnChoice(name: string, all: readonly string[], usual: readonly string[]): ColumnChoice {
  const [chosen, setChosen] = useState(() => readChoice(name, all));
  return {
    shown: chosen ?? usual,
    show: (keys) => {
      const inOrder = all.filter((key) => keys.includes(key));
      setChosen(inOrder);
      try {
        localStorage.setItem(`${prefix} ${name}`, JSON.stringify(inOrder));
      } catch {
        // A browser that keeps nothing still shows the choice until the page is left.
      }
    },
  };
}

function readChoice(name: string, all: readonly string[]): string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`${prefix} ${name}`) ?? "null");
    return Array.isArray(kept) ? all.filter((key) => kept.includes(key)) : null;
  } catch {
    return null;
  }
}

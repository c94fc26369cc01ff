import { useEffect, useSyncExternalStore } from "react";
import type { ThemeName } from "./themes.ts";

/** What the agent chose; `system` follows the machine. */
export type ThemeChoice = "system" | ThemeName;

export const themeChoices = ["system", "light", "dark", "contrast"] as const satisfies ThemeChoice[];

const storageKey = "muster-theme";
const wishes = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"];
const watchers = new Set<() => void>();

function readChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(storageKey);
    return themeChoices.find((choice) => choice === kept) ?? "system";
  } catch {
    return "system";
  }
}

function systemTheme(): ThemeName {
  const [dark, contrast, forced] = wishes.map((wish) => matchMedia(wish).matches);
  if (contrast === true || forced === true) return "contrast";
  return dark === true ? "dark" : "light";
}

/** Keeps the choice in this browser and draws the pages anew. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // A browser that keeps nothing still shows the choice until the page is closed.
  }
  for (const tell of watchers) tell();
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  const lists = wishes.map((wish) => matchMedia(wish));
  for (const list of lists) list.addEventListener("change", tell);
  return () => {
    watchers.delete(tell);
    for (const list of lists) list.removeEventListener("change", tell);
  };
}

/** The choice of the agent. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(watch, readChoice);
}

/** The look to show now: the choice, or what the machine asks for. */
export function useThemeName(): ThemeName {
  const choice = useThemeChoice();
  const system = useSyncExternalStore(watch, systemTheme);
  const name = choice === "system" ? system : choice;
  useEffect(() => {
    document.documentElement.dataset["theme"] = name;
    document.documentElement.style.colorScheme = name === "light" ? "light" : "dark";
  }, [name]);
  return name;
}

import { createContext, useContext, useEffect, useRef } from "react";
import type { Command } from "./CommandButton.tsx";

/** A command that the page offers now, and what tells it from one of the same name elsewhere on it. */
export type OfferedCommand = { command: Command; place: string };

/** Names the place whose commands the palette is to find too; null where they belong to one line of many. */
export const CommandPlace = createContext<string | null>(null);

const offered = new Map<object, OfferedCommand>();

/** The commands that stand on the page now, in the order in which they came. */
export function offeredCommands(): OfferedCommand[] {
  return [...offered.values()];
}

/** Lets the palette find a command for as long as it stands in a place of commands. */
export function useOffered(command: Command): void {
  const place = useContext(CommandPlace);
  const key = useRef({});
  useEffect(() => {
    if (place !== null) offered.set(key.current, { command, place });
  });
  useEffect(() => () => void offered.delete(key.current), []);
}

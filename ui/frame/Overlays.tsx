import { lazy, Suspense } from "react";
import { usePageName } from "./use-page-name.ts";

const CommandPalette = lazy(async () => ({ default: (await import("./CommandPalette.tsx")).CommandPalette }));
const ShortcutsDialog = lazy(async () => ({ default: (await import("./ShortcutsDialog.tsx")).ShortcutsDialog }));
const HelpPanel = lazy(async () => ({ default: (await import("./HelpPanel.tsx")).HelpPanel }));

/** What the frame can open over a page. */
export type Overlay = "palette" | "customers" | "shortcuts" | "help";

/** What of it is open; each part comes when it is first opened. */
export function Overlays({ open, onOpen }: { open: Overlay | null; onOpen: (next: Overlay | null) => void }) {
  const page = usePageName();
  const close = () => onOpen(null);
  return (
    <Suspense>
      {(open === "palette" || open === "customers") && (
        <CommandPalette only={open === "customers" ? "customers" : undefined} onClose={close} onOpen={onOpen} />
      )}
      {open === "shortcuts" && <ShortcutsDialog onClose={close} />}
      {open === "help" && <HelpPanel page={page ?? "home"} onClose={close} />}
    </Suspense>
  );
}

import { useSyncExternalStore } from "react";

/** Whether this device tells of ended batches, or why it cannot: the browser refuses it, or has no notifications here. */
export type NotifyState = "on" | "off" | "refused" | "missing";

const storageKey = "muster-notify";
const watchers = new Set<() => void>();
/** What the browser says; it is asked when somebody first looks, and tells by itself when the agent changes it there. */
let permission: PermissionStatus | "asked" | null = null;
/** For a browser that keeps nothing. */
let chosen: boolean | null = null;

function isChosen(): boolean {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(storageKey) === "on";
  } catch {
    return false;
  }
}

function isMissing(): boolean {
  return !("Notification" in window) || !("permissions" in navigator);
}

function readState(): NotifyState {
  if (isMissing()) return "missing";
  if (permission === null || permission === "asked") return "off";
  if (permission.state === "denied") return "refused";
  return isChosen() && permission.state === "granted" ? "on" : "off";
}

/** Turns telling on or off on this device; the browser asks the agent the first time. Call it on a click. */
export async function chooseNotify(on: boolean): Promise<void> {
  chosen = on && (await Notification.requestPermission()) === "granted";
  try {
    localStorage.setItem(storageKey, chosen ? "on" : "off");
  } catch {
    // A browser that keeps nothing still tells until the page is closed.
  }
  tellAll();
}

function tellAll(): void {
  for (const tell of watchers) tell();
}

async function askBrowser(): Promise<void> {
  permission = "asked";
  // Not Notification.permission: it tells of no change, and a Chromium without a screen says "denied" whatever holds.
  permission = await navigator.permissions.query({ name: "notifications" });
  permission.addEventListener("change", tellAll);
  tellAll();
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  if (permission === null && !isMissing()) void askBrowser().catch(() => undefined);
  return () => watchers.delete(tell);
}

/** How it stands on this device. */
export function useNotifyState(): NotifyState {
  return useSyncExternalStore(watch, readState);
}

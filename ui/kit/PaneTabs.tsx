import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import styles from "./PaneTabs.module.css";

/** One tab of a pane. */
export type PaneTab<Key extends string = string> = { key: Key; label: string; content: () => ReactNode };

/** Tabs inside a details pane: the arrow keys move between them, and only the open one is drawn. */
export function PaneTabs<Key extends string>({
  label,
  tabs,
  open,
  onOpen,
}: {
  label: string;
  tabs: PaneTab<Key>[];
  open: Key;
  onOpen: (key: Key) => void;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const at = tabs.findIndex(({ key }) => key === open) + step;
    const next = tabs[(at + tabs.length) % tabs.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onOpen(next.key);
    list.current?.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus();
  };
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className={styles.tabs} onKeyDown={press}>
        {tabs.map(({ key, label: name }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}${key}`}
            data-key={key}
            aria-selected={key === open}
            aria-controls={key === open ? `${id}panel` : undefined}
            tabIndex={key === open ? 0 : -1}
            className={styles.tab}
            onClick={() => onOpen(key)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${open}`} className={styles.panel}>
        {tabs.find(({ key }) => key === open)?.content()}
      </div>
    </>
  );
}

import { Dialog, DialogSurface } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons/svg/search";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import styles from "./CommandPalette.module.css";
import { frameTexts } from "./frame-texts.ts";
import { grouped } from "./palette-item.ts";
import { usePaletteItems } from "./use-palette-items.ts";

const words = frameTexts.palette;

/** Finds any customer, user, batch, page and action by its words; the arrow keys choose and Enter goes there. */
export function CommandPalette({
  only,
  onClose,
  onOpen,
}: {
  only?: "customers" | undefined;
  onClose: () => void;
  /** Opens what else the frame can open over a page. */
  onOpen: (what: "shortcuts" | "help") => void;
}) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(useQuiet(typed.trim()));
  const groups = grouped(usePaletteItems({ typed, q }, only, onOpen));
  const items = groups.flatMap((group) => group.items);
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, items.length - 1);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const take = (place: number) => {
    const item = items[place];
    if (item === undefined || typeof item.reason === "string") return;
    onClose();
    item.choose();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && items.length > 0) {
      event.preventDefault();
      setChosen((at + step + items.length) % items.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(at);
    }
  };
  const placeholder = only === "customers" ? words.customersPlaceholder : words.placeholder;
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.palette} aria-label={words.title}>
        <div className={styles.field}>
          <SearchRegular />
          <input
            className={styles.input}
            role="combobox"
            aria-label={placeholder}
            aria-expanded
            aria-controls={`${id}list`}
            aria-autocomplete="list"
            aria-activedescendant={items[at] === undefined ? undefined : `${id}${at}`}
            placeholder={placeholder}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setChosen(0);
            }}
            onKeyDown={press}
          />
        </div>
        <div ref={list} id={`${id}list`} role="listbox" aria-label={words.title} className={styles.list}>
          {groups.map((group) => (
            <div key={group.group} role="group" aria-label={group.group}>
              <p className={styles.group} aria-hidden>
                {group.group}
              </p>
              {group.items.map((item) => {
                const place = items.indexOf(item);
                return (
                  <div
                    key={item.key}
                    id={`${id}${place}`}
                    role="option"
                    aria-selected={place === at}
                    aria-disabled={typeof item.reason === "string"}
                    className={styles.item}
                    onPointerMove={() => setChosen(place)}
                    onClick={() => take(place)}
                  >
                    <span className={styles.label}>{item.label}</span>
                    {(item.reason ?? item.beside) !== undefined && (
                      <span className={styles.beside}>{item.reason ?? item.beside}</span>
                    )}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        <p className={styles.none} role="status">
          {items.length === 0 && q !== "" ? words.none(q) : ""}
        </p>
      </DialogSurface>
    </Dialog>
  );
}

const quietMs = 150;

/** `value` once it has rested for a moment, so that not each letter is a request. */
function useQuiet(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), quietMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

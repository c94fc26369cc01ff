import { Tooltip } from "@fluentui/react-components";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { batchTexts } from "./batch-texts.ts";
import styles from "./CellEditor.module.css";

/** The library's own keeper of the focus would take the Tab key before the cell hears of it. */
const tabIsOurs = JSON.stringify({ focusable: { ignoreKeydown: { Tab: true } } });

/** Where to go after a cell: nowhere, to the cell beside it, or where the agent clicked. */
export type AfterCell = "stay" | "next" | "previous" | "away";

/**
 * An open cell. Enter, Tab and a click elsewhere save it, Escape leaves it as it was; `onDone` gets null where nothing
 * changed, and `onType` hears what stands in it so far. A password is never shown and an empty one changes nothing.
 */
export function CellEditor({
  label,
  value,
  secret,
  problem,
  describedBy,
  onType,
  onDone,
}: {
  label: string;
  value: string;
  secret: boolean;
  /** What is wrong with the cell and what to do, shown beside it. */
  problem: string | null;
  describedBy?: string | undefined;
  onType: (value: string | null) => void;
  onDone: (value: string | null, after: AfterCell) => void;
}) {
  const before = secret ? "" : value;
  const [draft, setDraft] = useState(before);
  const done = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  // Not `autoFocus`, which comes before the tooltip is ready to hear of the focus.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const leave = (after: AfterCell, saves: boolean) => {
    if (done.current) return;
    done.current = true;
    onDone(saves && draft !== before ? draft.trim() : null, after);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    // A letter that is still being composed (Japanese, Chinese) takes Enter for itself.
    if (event.nativeEvent.isComposing) return;
    const after = event.key === "Tab" ? (event.shiftKey ? "previous" : "next") : "stay";
    if (event.key !== "Enter" && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const home = event.currentTarget.closest<HTMLElement>("[data-at]");
    leave(after, event.key !== "Escape");
    if (after === "stay") home?.focus();
  };
  const input = (
    <input
      ref={field}
      className={styles.input}
      data-tabster={tabIsOurs}
      aria-label={label}
      aria-invalid={problem !== null}
      aria-describedby={describedBy}
      type={secret ? "password" : "text"}
      autoComplete={secret ? "new-password" : "off"}
      placeholder={secret ? batchTexts.cells.newPassword : undefined}
      spellCheck={false}
      value={draft}
      onChange={({ target: { value: text } }) => {
        setDraft(text);
        onType(text === before ? null : text.trim());
      }}
      onBlur={() => leave("away", true)}
      onKeyDown={press}
      onClick={(event) => event.stopPropagation()}
    />
  );
  if (problem === null) return input;
  return (
    <Tooltip
      content={problem}
      relationship="description"
      visible
      positioning="below-start"
      // In the page and not behind it, so that it lies within the landmarks.
      mountNode={document.getElementById("content")}
    >
      {input}
    </Tooltip>
  );
}

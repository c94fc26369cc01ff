import { SearchBox as FluentSearchBox } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import styles from "./SearchBox.module.css";

const quietMs = 250;

/** A search field whose words are told once the typing rests. */
export function SearchBox({ label, value, onChange }: { label: string; value: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Back and forward in the browser change the words from outside.
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = next.trim();
      onChange(next.trim());
    }, quietMs);
  };
  return (
    <div className={styles.box}>
      <FluentSearchBox
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(_event, data) => type(data.value)}
        style={{ width: "100%", maxWidth: "none" }}
      />
    </div>
  );
}

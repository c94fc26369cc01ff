import { Link } from "@tanstack/react-router";
import styles from "./TabLinks.module.css";

type Tab = {
  label: string;
  to: string;
  exact?: boolean;
  /** Whether it is shown under another address: that of a page which opens over it. */
  here?: boolean;
  /** A word beside the label, such as a count. */
  beside?: string | undefined;
  /** For parts of one page: the search that shows this one, and whether it is shown. */
  part?: { search: Record<string, string>; shown: boolean };
};

/** The parts of a thing, each with an address of its own. */
export function TabLinks({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      <ul>
        {tabs.map(({ label: name, to, exact, here, beside, part }) => (
          <li key={name}>
            <Link
              to={to}
              className={styles.tab}
              {...(part === undefined
                ? {
                    activeOptions: { exact: exact ?? false, includeSearch: false },
                    activeProps: { "data-active": "true" },
                    ...(here === true && { "data-active": "true", "aria-current": "page" as const }),
                  }
                : {
                    search: part.search,
                    resetScroll: false,
                    activeProps: { "aria-current": undefined },
                    ...(part.shown && { "data-active": "true", "aria-current": "page" as const }),
                  })}
            >
              {name}
              {beside !== undefined && <span className={styles.beside}>{beside}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

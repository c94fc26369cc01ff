import { Link } from "@tanstack/react-router";
import styles from "./TabLinks.module.css";

/** The parts of a thing, each with an address of its own. */
export function TabLinks({ label, tabs }: { label: string; tabs: { label: string; to: string; exact?: boolean }[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.to}>
            <Link
              to={tab.to}
              className={styles.tab}
              activeOptions={{ exact: tab.exact ?? false, includeSearch: false }}
              activeProps={{ "data-active": "true" }}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

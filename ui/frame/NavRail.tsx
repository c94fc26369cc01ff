import { Link } from "@tanstack/react-router";
import { frameTexts } from "./frame-texts.ts";
import { navGroups } from "./nav-items.ts";
import styles from "./NavRail.module.css";

/** The main menu at the left of wide screens. */
export function NavRail() {
  return (
    <nav className={styles.rail} aria-label={frameTexts.nav.label}>
      {navGroups.map(({ heading, items }) => (
        <div key={heading ?? ""} className={styles.group}>
          {heading !== null && <p className={styles.heading}>{heading}</p>}
          <ul>
            {items.map(({ label, icon, to, href }) => (
              <li key={label}>
                {to === undefined ? (
                  <a className={styles.item} href={href}>
                    {icon}
                    {label}
                  </a>
                ) : (
                  <Link className={styles.item} to={to} activeProps={{ "data-active": "true" }}>
                    {icon}
                    {label}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CommandPlace } from "./offered-commands.ts";
import { texts } from "./texts.ts";
import styles from "./PageHead.module.css";

export type Crumb = { label: string; to: string };

/** The head of a page: where it stands, what it is, and what can be done here. */
export function PageHead({
  crumbs = [],
  title,
  beside,
  lead,
  children,
}: {
  crumbs?: Crumb[];
  title: ReactNode;
  /** Stands beside the title, such as a state. */
  beside?: ReactNode;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        {crumbs.length > 0 && (
          <nav aria-label={texts.common.breadcrumb}>
            <ol className={styles.crumbs}>
              {crumbs.map(({ label, to }) => (
                <li key={to}>
                  <Link to={to}>{label}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={styles.line}>
          <h1 className={styles.title}>{title}</h1>
          {beside}
        </div>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      </div>
      {children !== undefined && (
        <div className={styles.acts}>
          <CommandPlace value="">{children}</CommandPlace>
        </div>
      )}
    </header>
  );
}

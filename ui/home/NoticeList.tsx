import type { ReactNode } from "react";
import { Section, Sheet } from "../kit/Section.tsx";
import styles from "./NoticeList.module.css";

/** What a short list tells of one thing: what it is, more about it, and what can be done. */
export type Notice = { key: string; what: ReactNode; more: ReactNode; act: ReactNode };

/** A short list of things that run out, each with its act beside it; nothing where there is none. */
export function NoticeList({ title, notices }: { title: string; notices: Notice[] | undefined }) {
  if (notices === undefined || notices.length === 0) return null;
  return (
    <Section title={title}>
      <Sheet>
        <ul className={styles.list} aria-label={title}>
          {notices.map(({ key, what, more, act }) => (
            <li key={key} className={styles.notice}>
              <div className={styles.words}>
                <span className={styles.what}>{what}</span>
                <span className={styles.more}>{more}</span>
              </div>
              <div className={styles.act}>{act}</div>
            </li>
          ))}
        </ul>
      </Sheet>
    </Section>
  );
}

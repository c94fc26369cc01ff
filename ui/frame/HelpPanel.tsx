import { type PageName, pages } from "../../contract/pages.ts";
import { SidePanel } from "../kit/SidePanel.tsx";
import { frameTexts } from "./frame-texts.ts";
import styles from "./HelpPanel.module.css";
import { pageHelp } from "./page-help.ts";

/** What this page is for, and what the words on it mean. */
export function HelpPanel({ page, onClose }: { page: PageName; onClose: () => void }) {
  const { what, words } = pageHelp[page];
  return (
    <SidePanel title={pages[page].title} onClose={onClose}>
      <p>{what}</p>
      {words.length > 0 && (
        <>
          <h3 className={styles.title}>{frameTexts.help.words}</h3>
          <dl className={styles.words}>
            {words.map(([word, meaning]) => (
              <div key={word}>
                <dt>{word}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <p className={styles.end}>{frameTexts.help.shortcuts}</p>
    </SidePanel>
  );
}

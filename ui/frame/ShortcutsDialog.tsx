import { Button, Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { menuPages, pages } from "../../contract/pages.ts";
import { texts } from "../kit/texts.ts";
import { frameTexts } from "./frame-texts.ts";
import { goLetters } from "./shortcuts.ts";
import styles from "./ShortcutsDialog.module.css";

const words = frameTexts.shortcuts;

const groups = [
  {
    title: words.anywhere,
    keys: [
      [["Ctrl", "K"], words.palette],
      [["/"], words.search],
      [["?"], words.sheet],
      [["Esc"], words.close],
    ],
  },
  { title: words.go, keys: menuPages.map((page) => [["g", goLetters[page]], pages[page].title]) },
  {
    title: words.tables,
    keys: [
      [["↑", "↓", "←", "→"], words.move],
      [["Ctrl", "Home"], words.first],
      [["Ctrl", "End"], words.last],
      [["Enter"], words.open],
      [["Space"], words.select],
      [["Shift", "Space"], words.range],
      [["Ctrl", "A"], words.selectAll],
    ],
  },
] as const satisfies { title: string; keys: (readonly (readonly string[] | string)[])[] }[];

/** The sheet of the keys that do something. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle
            action={
              <Button appearance="subtle" icon={<DismissRegular />} aria-label={texts.common.close} onClick={onClose} />
            }
          >
            {words.title}
          </DialogTitle>
          <DialogContent tabIndex={0}>
            {groups.map(({ title, keys }) => (
              <section key={title} className={styles.group}>
                <h3 className={styles.title}>{title}</h3>
                <dl className={styles.keys}>
                  {keys.map(([held, word]) => (
                    <div key={String(word)}>
                      <dt>
                        {(held as readonly string[]).map((key) => (
                          <kbd key={key} className={styles.key}>
                            {key}
                          </kbd>
                        ))}
                      </dt>
                      <dd>{word}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

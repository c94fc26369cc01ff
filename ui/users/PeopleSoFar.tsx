import { Badge, Button } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import type { NewPerson } from "./new-users.ts";
import styles from "./PeopleSoFar.module.css";
import { userFormTexts } from "./user-form-texts.ts";
import { upnOf } from "./user-form.ts";

const words = userFormTexts.addUser;

/** The users who are to be made together; each can be shown in the form below, or taken away. */
export function PeopleSoFar({
  people,
  at,
  onEdit,
  onTakeAway,
}: {
  people: NewPerson[];
  at: number;
  onEdit: (at: number) => void;
  onTakeAway: (key: string) => void;
}) {
  if (people.length < 2) return null;
  return (
    <section aria-label={words.list} className={styles.list}>
      <h3 className={styles.title}>{words.listed(people.length)}</h3>
      <ol>
        {people.map((person, place) => {
          const name = person.displayName || words.unnamed;
          return (
            <li key={person.key} className={styles.person} data-shown={place === at}>
              <span className={styles.names}>
                <span>{name}</span>
                {person.local !== "" && <span className={styles.quiet}>{upnOf(person)}</span>}
              </span>
              {person.refusal !== null && (
                <Badge color="danger" appearance="tint">
                  {words.mend}
                </Badge>
              )}
              {place === at ? (
                <span className={styles.quiet}>{words.shown}</span>
              ) : (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<EditRegular />}
                  aria-label={words.edit(name)}
                  onClick={() => onEdit(place)}
                />
              )}
              <Button
                size="small"
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={words.takeAway(name)}
                onClick={() => onTakeAway(person.key)}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

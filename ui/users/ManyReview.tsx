import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "../client/query-keys.ts";
import { QueryGate } from "../kit/QueryGate.tsx";
import { ChangeTable } from "../kit/ChangeTable.tsx";
import { type EditsForMany, linesForMany } from "./edits-for-many.ts";
import { readSelectedPage } from "./read-selected.ts";
import type { SelectedUsers } from "./selected-users.ts";
import { userFormTexts } from "./user-form-texts.ts";
import styles from "./UserForm.module.css";

const words = userFormTexts.editUsers;

/** What changes of the selected users: before, by how many have it, and after. Of a filter the first users are looked at. */
export function ManyReview({
  customerId,
  select,
  known,
  count,
  edits,
}: Pick<SelectedUsers, "customerId" | "select" | "known"> & { count: number; edits: EditsForMany }) {
  const users = useQuery({
    queryKey: queryKeys.users(customerId, { first: select }),
    queryFn: async () => ("filter" in select ? (await readSelectedPage(customerId, select.filter)).items : known),
  });
  return (
    <QueryGate query={users}>
      {(seen) => (
        <>
          <ChangeTable lines={linesForMany(edits, seen)} />
          {seen.length < count && <p className={styles.quiet}>{words.ofFirst(seen.length, count)}</p>}
        </>
      )}
    </QueryGate>
  );
}

import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";

/** What a dialog about selected users is given: whom, and what to call with the batch that was begun. */
export type SelectedUsers = {
  customerId: string;
  select: Selection;
  /** The users of a selection by id. */
  known: User[];
  onStarted: (batchId: string) => void;
  onClose: () => void;
};

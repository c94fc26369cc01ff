import { batchOptionsSchema } from "./batch.ts";
import { userInputSchema } from "./user.ts";

const { onExisting, onDeleted } = batchOptionsSchema.shape;

/** One user to create by a request of its own, and what is to be done where the name is in use or was. */
export const newUserSchema = userInputSchema.extend({ onExisting, onDeleted });

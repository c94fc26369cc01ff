import type { Operation } from "../../contract/operations.ts";
import { createUsers } from "./create-users.ts";
import type { Operate } from "./outcome.ts";

/** What carries out each operation. */
export const operates: Record<Operation, Operate> = { createUsers };

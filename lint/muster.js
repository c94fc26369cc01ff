import { coreFloors } from "./core-floors.js";
import { noSql } from "./no-sql.js";

/** The rules of this house for the linter. */
export default { meta: { name: "muster" }, rules: { "core-floors": coreFloors, "no-sql": noSql } };

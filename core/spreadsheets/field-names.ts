import { specialFields, textFields, type FieldName } from "../../contract/fields.ts";

/** Every field that a column may stand for. */
export const fieldNames = [...Object.keys(textFields), ...Object.keys(specialFields)] as FieldName[];

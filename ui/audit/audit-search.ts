import { place, text } from "../kit/search-params.ts";

/** What may stand in the address of an audit: what it is narrowed to, and the record that is open. */
export const auditSearch = {
  agent: text,
  operation: text,
  user: text,
  batch: text,
  from: text,
  to: text,
  record: place,
};

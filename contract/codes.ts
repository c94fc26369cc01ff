/**
 * Causes: why one row, or one single request, did not end as asked. Stable: rows, API and pages use them, and a
 * release never renames one. `status` is the HTTP status of a single request that ends with the cause. `retry` marks what
 * hangs on more than the row: the directory, the seats, the agent's authority. Only there can the same row end otherwise.
 */
export const causes = {
  required_missing: { status: 422, title: "A required value is missing" },
  value_invalid: { status: 422, title: "A value is not allowed here" },
  value_too_long: { status: 422, title: "A value is too long" },
  control_character: { status: 422, title: "A value holds a control character" },
  encoding_invalid: { status: 422, title: "A value holds bytes that are not text" },
  row_too_wide: { status: 422, title: "The row has more cells than the header" },
  second_table: { status: 422, title: "Another table begins here" },
  upn_invalid: { status: 422, title: "The username is malformed" },
  domain_unverified: { status: 422, title: "The domain is not one of the customer's", retry: true },
  country_unknown: { status: 422, title: "The country is unknown" },
  permission_unknown: { status: 422, title: "The permission is unknown" },
  password_invalid: { status: 422, title: "The password breaks the password rules" },
  duplicate_in_file: { status: 422, title: "The user is already in an earlier row" },
  user_exists: { status: 409, title: "The user exists with other values", retry: true },
  deleted_user_exists: { status: 409, title: "A deleted user has this name", retry: true },
  upn_taken: { status: 409, title: "The username belongs to another user", retry: true },
  changed_meanwhile: { status: 412, title: "The user changed after the plan was made", retry: true },
  changed_since: { status: 409, title: "The user was changed after the batch that is undone", retry: true },
  removed_for_good: { status: 410, title: "The user was removed for good" },
  row_changed: { status: 409, title: "The row was changed after it failed, and waits for a retry", retry: true },
  batch_cancelled: { status: 409, title: "The batch was cancelled before the row was carried out", retry: true },
  user_unknown: { status: 404, title: "The customer has no such user", retry: true },
  user_deleted: { status: 409, title: "The user is deleted", retry: true },
  user_active: { status: 409, title: "The user is not deleted", retry: true },
  restore_expired: { status: 410, title: "The time to restore the user is over" },
  confirmation_wrong: { status: 422, title: "The name typed as confirmation is not the user's" },
  user_gone: { status: 409, title: "The user was deleted after the plan was made", retry: true },
  usage_location_missing: { status: 422, title: "A license needs a usage location", retry: true },
  sku_unknown: { status: 422, title: "The product is unknown or not the customer's", retry: true },
  seat_shortage: { status: 409, title: "No seat is free", retry: true },
  prohibited_in_location: { status: 422, title: "The product may not be used in this location" },
  plan_conflict: { status: 422, title: "Two service plans exclude each other", retry: true },
  plan_dependency: { status: 422, title: "A service plan needs another one", retry: true },
  license_group_mixed: { status: 422, title: "One request may hold one license group only" },
  managed_by_publisher: { status: 422, title: "The publisher manages these licenses" },
  forbidden: { status: 403, title: "The agent may not do this", retry: true },
  customer_unknown: { status: 404, title: "The row names no customer of yours" },
  customer_ambiguous: { status: 422, title: "The row names several customers" },
} as const satisfies Record<string, { status: number; title: string; retry?: true }>;

export type CauseCode = keyof typeof causes;

/** Whether trying the same row again can end otherwise, because what stood in its way lies outside of it. */
export function mayRetry(code: CauseCode): boolean {
  return "retry" in causes[code];
}

export const causeCodes = Object.keys(causes) as [CauseCode, ...CauseCode[]];

/** Problems: why a whole request was refused. Every answer of status 400 and above carries one of these or a cause. */
const problems = {
  unauthenticated: { status: 401, title: "Sign in, or send an API key" },
  cross_site: { status: 403, title: "The request came from another site" },
  not_found: { status: 404, title: "There is nothing here, or you may not see it" },
  method_not_allowed: { status: 405, title: "This address does not take this method" },
  body_invalid: { status: 422, title: "The request is malformed" },
  json_malformed: { status: 400, title: "The body is not JSON" },
  body_too_large: { status: 413, title: "The request is too large" },
  head_too_large: { status: 431, title: "Address and headers are too large" },
  http_malformed: { status: 400, title: "The request is not HTTP" },
  media_type_unsupported: { status: 415, title: "This content type is not taken here" },
  batch_state: { status: 409, title: "The batch is not in a state that allows this" },
  plan_changed: { status: 412, title: "The plan changed since you looked" },
  confirmation_needed: { status: 409, title: "The number of users that the plan hits has to be named" },
  approval_needed: { status: 409, title: "This needs the yes of a second agent" },
  approval_own: { status: 403, title: "Whoever asked for the approval cannot give it" },
  approval_related: { status: 403, title: "The two agents count as one for now" },
  limits_changed: { status: 412, title: "These limits are not asked for" },
  plan_without_rows: { status: 409, title: "No row of the plan can be carried out" },
  nothing_to_undo: { status: 409, title: "The batch changed nothing that can be undone" },
  undo_impossible: { status: 409, title: "What the batch did cannot be undone" },
  undo_exists: { status: 409, title: "The batch has an undo already" },
  undo_fixed: { status: 409, title: "The rows of an undo cannot be changed" },
  plan_expired: { status: 410, title: "Nobody started the plan in time" },
  too_many_customers: { status: 413, title: "The file is about too many customers" },
  domain_taken: { status: 409, title: "The domain belongs to another customer" },
  domain_invalid: { status: 422, title: "The domain name is malformed" },
  agent_exists: { status: 409, title: "The address belongs to an agent already" },
  agent_without_password: { status: 409, title: "The agent signs in without a password" },
  group_exists: { status: 409, title: "A group has this name already" },
  grant_exists: { status: 409, title: "The same grant is under way already" },
  last_admin_agent: { status: 409, title: "One Admin agent at least must be left" },
  product_exists: { status: 409, title: "The customer has this product already" },
  passwords_expired: { status: 410, title: "The temporary passwords are gone" },
  catalog_unrecognised: { status: 422, title: "The file is not the vendor's table of products" },
  link_gone: { status: 410, title: "The link was opened before, has expired, or never was one" },
  mail_not_set_up: { status: 409, title: "No mail server is set" },
  mail_failed: { status: 424, title: "The mail server did not take the mail" },
  idempotency_key_reused: { status: 422, title: "The idempotency key was used for another request" },
  idempotency_in_flight: { status: 409, title: "A request with this idempotency key is under way" },
  upload_empty: { status: 422, title: "The file is empty" },
  upload_not_text: { status: 422, title: "The file is not a spreadsheet that can be read" },
  upload_json: { status: 422, title: "The file is JSON" },
  upload_header_only: { status: 422, title: "The file has a header and no row" },
  upload_truncated: { status: 422, title: "The file ends in the middle of a cell" },
  upload_interrupted: { status: 400, title: "The upload broke off" },
  upload_stalled: { status: 408, title: "The upload stalled" },
  header_unrecognised: { status: 422, title: "No column is recognised" },
  header_ambiguous: { status: 422, title: "Two columns stand for the same field" },
  mapping_invalid: { status: 422, title: "The mapping does not fit the file" },
  too_many_rows: { status: 413, title: "The file has too many rows" },
  too_many_columns: { status: 422, title: "The file has too many columns" },
  cell_too_long: { status: 422, title: "A cell is too long" },
  encoding_undecodable: { status: 422, title: "The encoding of the file is unclear" },
  workbook_encrypted: { status: 422, title: "The workbook is locked with a password" },
  workbook_broken: { status: 422, title: "The workbook is damaged" },
  workbook_too_large: { status: 413, title: "The workbook is too large" },
  workbook_too_slow: { status: 422, title: "The workbook takes too long to read" },
  sheet_unknown: { status: 422, title: "The workbook has no sheet of this name" },
  workbook_no_table: { status: 422, title: "No visible sheet of the workbook holds a table" },
  workbook_old_format: { status: 422, title: "The workbook is of the old .xls kind" },
  workbook_other_format: { status: 422, title: "The spreadsheet is of a kind that is not read" },
  uploads_busy: { status: 429, title: "Too many uploads at a time" },
  sign_in_provider_away: { status: 503, title: "The sign-in provider cannot be reached" },
  rate_limited: { status: 429, title: "Too many requests" },
  disk_full: { status: 503, title: "The disk of the database is full" },
  queue_unavailable: { status: 503, title: "The queue cannot be reached" },
  unavailable: { status: 503, title: "The database cannot be reached" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const satisfies Record<string, { status: number; title: string }>;

type ProblemCode = keyof typeof problems;

/** Every code that an answer can carry. */
export type Code = CauseCode | ProblemCode;

/** The status and title of `code`, be it a cause or a problem. */
export function describeCode(code: Code): { status: number; title: string } {
  return code in causes ? causes[code as CauseCode] : problems[code as ProblemCode];
}

/** Why one row failed: the code, the field it is about and a sentence with the value and what to do. */
export type Cause = { code: CauseCode; field: string | null; message: string };

const longestValue = 80;

/** `value` in quotes as messages show it, cut at 80 characters. Never call it with a password. */
export function quoteValue(value: string): string {
  // Two code units at most are a character; the rest of a long value is not looked at.
  const characters = Array.from(value.slice(0, 2 * longestValue + 2));
  return characters.length <= longestValue ? `"${value}"` : `"${characters.slice(0, longestValue).join("")}…"`;
}

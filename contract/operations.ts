/** The queues, one per kind of work; Bull Board shows each under this name. */
export const queueNames = [
  "user-creation",
  "user-updates",
  "license-changes",
  "password-resets",
  "user-deletions",
  "user-restores",
  "housekeeping",
] as const;

export type QueueName = (typeof queueNames)[number];

/** Every operation that exists, with its spelling in URLs and files and the queue that carries it. */
export const operations = {
  createUsers: { slug: "create-users", queue: "user-creation", label: "Add users" },
  updateUsers: { slug: "update-users", queue: "user-updates", label: "Update users" },
  changePermissions: { slug: "change-permissions", queue: "user-updates", label: "Change permissions" },
  changeLicenses: { slug: "change-licenses", queue: "license-changes", label: "Change licenses" },
  resetPasswords: { slug: "reset-passwords", queue: "password-resets", label: "Reset passwords" },
  deleteUsers: { slug: "delete-users", queue: "user-deletions", label: "Delete users" },
  restoreUsers: { slug: "restore-users", queue: "user-restores", label: "Restore users" },
  removeUsers: { slug: "remove-users", queue: "user-deletions", label: "Remove users for good" },
} as const satisfies Record<string, { slug: string; queue: QueueName; label: string }>;

export type Operation = keyof typeof operations;

/** The operations on users who are there already. */
export type TargetOperation = Exclude<Operation, "createUsers">;

export const operationNames = Object.keys(operations) as [Operation, ...Operation[]];

/** An operation as URLs and files call it. */
export type OperationSlug = (typeof operations)[Operation]["slug"];

export const operationSlugs: OperationSlug[] = operationNames.map((name) => operations[name].slug);

/** The operation that a URL or a file calls `slug`, or undefined where there is none. */
export function operationFromSlug(slug: OperationSlug): Operation;
export function operationFromSlug(slug: string): Operation | undefined;
export function operationFromSlug(slug: string): Operation | undefined {
  return operationNames.find((name) => operations[name].slug === slug);
}

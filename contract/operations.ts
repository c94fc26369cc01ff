/** The queues, one per kind of work; Bull Board shows each under this name. */
export const queueNames = [
  "user-creation",
  "user-updates",
  "license-changes",
  "password-resets",
  "user-deletions",
  "user-restores",
  "webhooks",
  "housekeeping",
] as const;

export type QueueName = (typeof queueNames)[number];

/** What an operation is; see `operations`. */
type Described = {
  slug: string;
  queue: QueueName;
  label: string;
  plans: readonly string[];
  licenses: "asked" | "former" | "undone" | null;
};

/**
 * Every operation that exists, with its spelling in URLs and files, the queue that carries it, what its rows can be planned as
 * beyond `unchanged`, `conflict` and `invalid`, and the licenses that they give: those that a row asks for, those that a
 * deleted user had before, both where a batch is undone, or none.
 */
export const operations = {
  createUsers: {
    slug: "create-users",
    queue: "user-creation",
    label: "Add users",
    plans: ["create", "update", "restore"],
    licenses: "asked",
  },
  updateUsers: {
    slug: "update-users",
    queue: "user-updates",
    label: "Update users",
    plans: ["update"],
    licenses: null,
  },
  changePermissions: {
    slug: "change-permissions",
    queue: "user-updates",
    label: "Change permissions",
    plans: ["update"],
    licenses: null,
  },
  changeLicenses: {
    slug: "change-licenses",
    queue: "license-changes",
    label: "Change licenses",
    plans: ["update"],
    licenses: "asked",
  },
  resetPasswords: {
    slug: "reset-passwords",
    queue: "password-resets",
    label: "Reset passwords",
    plans: ["reset"],
    licenses: null,
  },
  deleteUsers: {
    slug: "delete-users",
    queue: "user-deletions",
    label: "Delete users",
    plans: ["delete"],
    licenses: null,
  },
  restoreUsers: {
    slug: "restore-users",
    queue: "user-restores",
    label: "Restore users",
    plans: ["restore"],
    licenses: "former",
  },
  removeUsers: {
    slug: "remove-users",
    queue: "user-deletions",
    label: "Remove users for good",
    plans: ["remove"],
    licenses: null,
  },
  undoBatch: {
    slug: "undo-batch",
    queue: "user-updates",
    label: "Undo a batch",
    plans: ["update", "delete", "restore"],
    licenses: "undone",
  },
} as const satisfies Record<string, Described>;

export type Operation = keyof typeof operations;

/** The operations that a file or a request may ask for; an undo is made of the batch that it undoes. */
export type FileOperation = Exclude<Operation, "undoBatch">;

/** The operations on users who are there already. */
export type TargetOperation = Exclude<FileOperation, "createUsers">;

/** The operations that give licenses. */
export type LicensedOperation = {
  [Name in Operation]: (typeof operations)[Name]["licenses"] extends null ? never : Name;
}[Operation];

/** Whether rows of `operation` may give licenses. */
export function givesLicenses(operation: Operation): operation is LicensedOperation {
  return operations[operation].licenses !== null;
}

export const operationNames = Object.keys(operations) as [Operation, ...Operation[]];

export const fileOperationNames = operationNames.filter((name) => name !== "undoBatch") as [
  FileOperation,
  ...FileOperation[],
];

export const targetOperationNames = fileOperationNames.filter(
  (name): name is TargetOperation => name !== "createUsers",
);

/** An operation as URLs and files call it. */
export type OperationSlug = (typeof operations)[FileOperation]["slug"];

export const operationSlugs: OperationSlug[] = fileOperationNames.map((name) => operations[name].slug);

/** The operation that a URL or a file calls `slug`, or undefined where there is none. */
export function operationFromSlug(slug: OperationSlug): FileOperation;
export function operationFromSlug(slug: string): FileOperation | undefined;
export function operationFromSlug(slug: string): FileOperation | undefined {
  return fileOperationNames.find((name) => operations[name].slug === slug);
}

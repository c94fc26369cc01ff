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
  createUsers: { slug: "create-users", queue: "user-creation", label: "Create users" },
} as const satisfies Record<string, { slug: string; queue: QueueName; label: string }>;

export type Operation = keyof typeof operations;

export const operationNames = Object.keys(operations) as [Operation, ...Operation[]];

/** The operation that a URL or a file calls `slug`, or undefined where there is none. */
export function operationFromSlug(slug: string): Operation | undefined {
  return operationNames.find((name) => operations[name].slug === slug);
}

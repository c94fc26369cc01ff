/** Who acts with `MUSTER_ADMIN_API_KEY`, as the audit and batches know it: by this id, and by this name to people. */
export const environmentToken = { id: "token:environment", name: "Environment token" } as const;

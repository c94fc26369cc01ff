/** The ids that examples name, all of one made-up customer. */
export const exampleIds = {
  customerId: "01979f3e-5a10-7c3b-9e41-6f0d2b7a8c15",
  userId: "01979f41-0b22-7d84-a6f3-1c9e5d3b7f60",
  colleagueId: "01979f41-0b23-7a5c-91e8-d2746f0b3c8e",
  deletedUserId: "01979f41-0b24-7e13-8f6d-4b90a1c7e552",
  batchId: "01979f40-9c3f-71aa-8b52-e47d06c1f938",
  bundleId: "01979f43-2a7c-7d19-b65e-08f4c1d93a72",
  agentId: "01979f2c-7e05-7b19-93d8-5a2f8c64e0b7",
  groupId: "01979f2d-41d6-7f50-8e0a-b93c7d12a4e6",
  grantId: "01979f2f-d8b3-7264-9c17-20e6f5a84d3b",
  keyId: "01979f30-66ea-7c91-b540-8d7f1e3c92a5",
  fixId: "01979f42-8e15-7b60-a4d2-93c5e07f1b68",
  sessionId: "01979f31-5b02-7e4f-8a6d-1c7e90b3d258",
  webhookId: "01979f32-94c7-7a1e-b3d0-5e8f27a6c419",
  deliveryId: "01979f43-17fa-7c52-8d9b-60e3b4f18a27",
} as const;

/** What stands for each parameter of a path in the examples. */
export const pathExamples: Record<string, string | number> = {
  ...exampleIds,
  skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965",
  rowNo: 2,
  operation: "create-users",
};

/** Secrets that examples hold in the place of real ones. */
export const exampleSecrets = {
  agentPassword: "three words and 1 number",
  temporaryPassword: "kW7-pufa-Xe3m-ronu",
  linkToken: "vY0hQmT8r3kZl1nB6xJc4sDgE9uWfA2p",
  totpCode: "492039",
  backupCode: "Xb7tK-q2MwP",
} as const;

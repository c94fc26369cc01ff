/**
 * Under which keys the pages keep what they have read, all in one place. A key without its last part stands for all that
 * begins with it, so that `queryKeys.users(customerId)` reaches every list of that customer's users.
 */
export const queryKeys = {
  me: () => ["me"] as const,
  signInWays: () => ["signInWays"] as const,
  authority: (customerId: string) => ["authority", customerId] as const,
  customers: (...filter: [q?: string]) => ["customers", ...filter] as const,
  customer: (customerId: string) => ["customer", customerId] as const,
  products: (customerId: string) => ["products", customerId] as const,
  users: (customerId: string, ...filter: [filter?: object]) => ["users", customerId, ...filter] as const,
  user: (customerId: string, ...userId: [userId?: string]) => ["user", customerId, ...userId] as const,
  activity: (customerId: string, ...userId: [userId?: string]) => ["activity", customerId, ...userId] as const,
  userFacets: (customerId: string, ...state: [state?: string]) => ["userFacets", customerId, ...state] as const,
  selectionSummary: (customerId: string, ...select: [select?: object]) =>
    ["selectionSummary", customerId, ...select] as const,
  batches: (...filter: [filter?: object]) => ["batches", ...filter] as const,
  batch: (batchId: string) => ["batch", batchId] as const,
  causes: (batchId: string) => ["causes", batchId] as const,
  columns: (batchId: string, ...planVersion: [version?: number]) => ["columns", batchId, ...planVersion] as const,
  people: (...q: [q?: string]) => ["people", ...q] as const,
  audit: (...filter: [filter?: object]) => ["audit", ...filter] as const,
  agents: (...q: [q?: string]) => ["agents", ...q] as const,
  overview: () => ["overview"] as const,
  pace: () => ["pace"] as const,
  runs: (batchId: string) => ["runs", batchId] as const,
  chunks: (batchId: string) => ["chunks", batchId] as const,
  retryPreview: (what: string) => ["retryPreview", what] as const,
  batchMakers: () => ["batchMakers"] as const,
  agent: (agentId: string) => ["agent", agentId] as const,
  groups: () => ["groups"] as const,
  grants: (...filter: [filter?: object]) => ["grants", ...filter] as const,
  sessions: () => ["sessions"] as const,
  apiKeys: (...whose: [whose?: string]) => ["apiKeys", ...whose] as const,
  catalog: (...q: [q?: string]) => ["catalog", ...q] as const,
  rows: (batchId: string, ...filter: [filter?: object]) => ["rows", batchId, ...filter] as const,
};

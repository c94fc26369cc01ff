/** The groups that the routes stand in, in the order in which documents show them. */
export const routeTags = {
  "Sign-in": "Sessions, API keys and second factors of agents.",
  Agents: "Agents, groups of agents, and the grants that say what they may do at a customer.",
  Customers: "Customers with their domains and seats.",
  Users: "The users of a customer, one by one; each change is a batch of one row.",
  Batches: "Many users at a time: files and rows that are planned, applied, watched and retried.",
  Passwords: "How temporary passwords reach the people they are for.",
  Catalogue: "The products that licenses are of.",
  Audit: "What was done and refused, by whom and to whom.",
  Webhooks: "Other programs that are told what happens to batches.",
  Search: "Finding a person in everything that Muster knows.",
  System: "Muster itself: health, metrics, documents, pages without scripts.",
} as const;

export type RouteTag = keyof typeof routeTags;

/** Addresses that are never a page, with or without what follows them: the API, the tools, and what a page is made of. */
export const otherAddresses =
  /^\/(?:v1|api|account|link|link\.js|sign-in\/oidc|queues|docs|assets|metrics|healthz|readyz|openapi\.json)(?:[/?]|$)/;

/** A page: its address, in which `$name` stands for one part, and its title; `menu` where the main menu leads to it. */
type Page = { path: `/${string}`; title: string; menu?: true };

/** Every page, once: the router, the menu, the titles, the server and the tests read this list. */
export const pages = {
  home: { path: "/", title: "Home", menu: true },
  customers: { path: "/customers", title: "Customers", menu: true },
  users: { path: "/customers/$customerId", title: "Users and licenses" },
  newUser: { path: "/customers/$customerId/users/new", title: "Add user" },
  editUser: { path: "/customers/$customerId/users/$userId/edit", title: "Edit user" },
  upload: { path: "/customers/$customerId/upload", title: "Upload users" },
  deletedUsers: { path: "/customers/$customerId/deleted", title: "Deleted users" },
  customerBatches: { path: "/customers/$customerId/batches", title: "Batches" },
  products: { path: "/customers/$customerId/products", title: "Products" },
  customerGrants: { path: "/customers/$customerId/grants", title: "Grants" },
  customerAudit: { path: "/customers/$customerId/audit", title: "Audit" },
  batches: { path: "/batches", title: "Batches", menu: true },
  batch: { path: "/batches/$batchId", title: "Batch" },
  bundleUpload: { path: "/upload", title: "One file for many customers" },
  bundles: { path: "/files", title: "Files for many customers" },
  bundle: { path: "/files/$bundleId", title: "File for many customers" },
  people: { path: "/people", title: "People", menu: true },
  audit: { path: "/audit", title: "Audit", menu: true },
  agents: { path: "/agents", title: "Agents", menu: true },
  agent: { path: "/agents/$agentId", title: "Agent" },
  webhooks: { path: "/webhooks", title: "Webhooks", menu: true },
  settings: { path: "/settings", title: "Settings", menu: true },
  signIn: { path: "/sign-in", title: "Sign in" },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

export const pageNames = Object.keys(pages) as [PageName, ...PageName[]];

/** The pages that the main menu leads to, in its order. */
export type MenuPage = { [Name in PageName]: (typeof pages)[Name] extends { menu: true } ? Name : never }[PageName];

export const menuPages = pageNames.filter((name): name is MenuPage => "menu" in pages[name]);

/** What is served beside the pages and stands in the menu too. */
export const tools = {
  queues: { path: "/queues", title: "Bull Board" },
  docs: { path: "/docs", title: "API docs" },
} as const satisfies Record<string, Page>;

export type ToolName = keyof typeof tools;

export const toolNames = Object.keys(tools) as [ToolName, ...ToolName[]];

/** The address of a page with its parts filled in. */
export function pageAddress(name: PageName, parts: Record<string, string> = {}): string {
  return pages[name].path.replaceAll(/\$(\w+)/g, (_all, key: string) => encodeURIComponent(parts[key] ?? ""));
}

import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { rowPlans, rowStates } from "../contract/batch.ts";
import { causeCodes } from "../contract/codes.ts";
import { operationSlugs } from "../contract/operations.ts";
import { type PageName, pages } from "../contract/pages.ts";
import { userSorts } from "../contract/user-filter.ts";
import { readBatchSearch } from "./batches/batch-search.ts";
import { agentParts } from "./agents/agent-parts.ts";
import { auditSearch } from "./audit/audit-search.ts";
import { Frame } from "./frame/Frame.tsx";
import { PageError } from "./frame/PageError.tsx";
import { LoadingPage } from "./kit/Loading.tsx";
import { NotFoundPage } from "./kit/NotFoundPage.tsx";
import { one, place, searchOf, text } from "./kit/search-params.ts";
import { permissionFilters } from "./users/permission-filters.ts";
import { SignInPage } from "./sign-in/SignInPage.tsx";

/** The parts of a batch that waits for its start, each with an address. */
const batchSteps = ["plan", "columns", "options"] as const;

const root = createRootRoute({ component: Outlet, errorComponent: PageError });

const signIn = createRoute({
  getParentRoute: () => root,
  path: pages.signIn.path,
  validateSearch: searchOf({ next: text, failed: text }),
  component: SignInPage,
});

const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Frame });

const home = createRoute({
  getParentRoute: () => frame,
  path: pages.home.path,
  component: lazyRouteComponent(() => import("./home/HomePage.tsx"), "HomePage"),
});

const customers = createRoute({
  getParentRoute: () => frame,
  path: pages.customers.path,
  validateSearch: searchOf({ q: text }),
  component: lazyRouteComponent(() => import("./customers/CustomersPage.tsx"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => frame,
  id: "customer",
  component: lazyRouteComponent(() => import("./customers/CustomerFrame.tsx"), "CustomerFrame"),
});

const users = createRoute({
  getParentRoute: () => customer,
  path: pages.users.path,
  validateSearch: searchOf({
    q: text,
    sort: one(userSorts),
    user: text,
    license: text,
    department: text,
    usageLocation: text,
    permission: one(permissionFilters),
    signIn: one(["allowed", "blocked"]),
  }),
  component: lazyRouteComponent(() => import("./users/UsersPage.tsx"), "UsersPage"),
});

const deletedUsers = createRoute({
  getParentRoute: () => customer,
  path: pages.deletedUsers.path,
  validateSearch: searchOf({ q: text, sort: one(userSorts), user: text }),
  component: lazyRouteComponent(() => import("./users/DeletedUsersPage.tsx"), "DeletedUsersPage"),
});

const customerBatches = createRoute({
  getParentRoute: () => customer,
  path: pages.customerBatches.path,
  validateSearch: readBatchSearch,
  component: lazyRouteComponent(() => import("./batches/CustomerBatchesPage.tsx"), "CustomerBatchesPage"),
});

const products = createRoute({
  getParentRoute: () => customer,
  path: pages.products.path,
  component: lazyRouteComponent(() => import("./customers/ProductsPage.tsx"), "ProductsPage"),
});

const customerGrants = createRoute({
  getParentRoute: () => customer,
  path: pages.customerGrants.path,
  component: lazyRouteComponent(() => import("./agents/CustomerGrantsPage.tsx"), "CustomerGrantsPage"),
});

const customerAudit = createRoute({
  getParentRoute: () => customer,
  path: pages.customerAudit.path,
  validateSearch: searchOf(auditSearch),
  component: lazyRouteComponent(() => import("./audit/CustomerAuditPage.tsx"), "CustomerAuditPage"),
});

const upload = createRoute({
  getParentRoute: () => frame,
  path: pages.upload.path,
  validateSearch: searchOf({ operation: one(operationSlugs), sheet: text }),
  component: lazyRouteComponent(() => import("./upload/UploadPage.tsx"), "UploadPage"),
});

/** What stands in the address of a page behind that of the page over which it opens. */
type Behind<Start extends string, Whole extends string> = Whole extends `${Start}${infer Rest}` ? Rest : never;

function behind<const Start extends string, const Whole extends string>(start: Start, whole: Whole) {
  return whole.slice(start.length) as Behind<Start, Whole>;
}

const newUser = createRoute({
  getParentRoute: () => users,
  path: behind(pages.users.path, pages.newUser.path),
  component: lazyRouteComponent(() => import("./users/NewUserPage.tsx"), "NewUserPage"),
});

const editUser = createRoute({
  getParentRoute: () => users,
  path: behind(pages.users.path, pages.editUser.path),
  component: lazyRouteComponent(() => import("./users/EditUserPage.tsx"), "EditUserPage"),
});

const batches = createRoute({
  getParentRoute: () => frame,
  path: pages.batches.path,
  validateSearch: readBatchSearch,
  component: lazyRouteComponent(() => import("./batches/BatchesPage.tsx"), "BatchesPage"),
});

const batch = createRoute({
  getParentRoute: () => frame,
  path: pages.batch.path,
  validateSearch: searchOf({
    plan: one(rowPlans),
    state: one(rowStates),
    code: one(causeCodes),
    step: one(batchSteps),
    row: place,
  }),
  component: lazyRouteComponent(() => import("./batches/BatchPage.tsx"), "BatchPage"),
});

const bundleUpload = createRoute({
  getParentRoute: () => frame,
  path: pages.bundleUpload.path,
  validateSearch: searchOf({ operation: one(operationSlugs), sheet: text }),
  component: lazyRouteComponent(() => import("./bundles/BundleUploadPage.tsx"), "BundleUploadPage"),
});

const bundles = createRoute({
  getParentRoute: () => frame,
  path: pages.bundles.path,
  validateSearch: searchOf({ q: text }),
  component: lazyRouteComponent(() => import("./bundles/BundlesPage.tsx"), "BundlesPage"),
});

const bundle = createRoute({
  getParentRoute: () => frame,
  path: pages.bundle.path,
  component: lazyRouteComponent(() => import("./bundles/BundlePage.tsx"), "BundlePage"),
});

const people = createRoute({
  getParentRoute: () => frame,
  path: pages.people.path,
  validateSearch: searchOf({ q: text, user: text }),
  component: lazyRouteComponent(() => import("./people/PeoplePage.tsx"), "PeoplePage"),
});

const audit = createRoute({
  getParentRoute: () => frame,
  path: pages.audit.path,
  validateSearch: searchOf({ ...auditSearch, customer: text }),
  component: lazyRouteComponent(() => import("./audit/AuditPage.tsx"), "AuditPage"),
});

const agents = createRoute({
  getParentRoute: () => frame,
  path: pages.agents.path,
  validateSearch: searchOf({ q: text, part: one(agentParts), ends: one(["any"]), agent: text }),
  component: lazyRouteComponent(() => import("./agents/AgentsPage.tsx"), "AgentsPage"),
});

const agent = createRoute({
  getParentRoute: () => frame,
  path: pages.agent.path,
  component: lazyRouteComponent(() => import("./agents/AgentPage.tsx"), "AgentPage"),
});

const webhooks = createRoute({
  getParentRoute: () => frame,
  path: pages.webhooks.path,
  component: lazyRouteComponent(() => import("./webhooks/WebhooksPage.tsx"), "WebhooksPage"),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: pages.settings.path,
  component: lazyRouteComponent(() => import("./settings/SettingsPage.tsx"), "SettingsPage"),
});

const elsewhere = createRoute({ getParentRoute: () => frame, path: "$", component: NotFoundPage });

const ofCustomer = { users, deletedUsers, customerBatches, products, customerGrants, customerAudit };
const overUsers = { newUser, editUser };
const framed = {
  home,
  customers,
  upload,
  batches,
  batch,
  bundleUpload,
  bundles,
  bundle,
  people,
  audit,
  agents,
  agent,
  webhooks,
  settings,
};

/** A page of the list that has no route does not compile. */
const everyPage = { signIn, ...framed, ...ofCustomer, ...overUsers } satisfies Record<PageName, AnyRoute>;

const routeTree = root.addChildren([
  everyPage.signIn,
  frame.addChildren({
    ...framed,
    customer: customer.addChildren({ ...ofCustomer, users: users.addChildren(overUsers) }),
    elsewhere,
  }),
]);

/** The pages by their addresses; each but the small ones comes when it is first opened. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: LoadingPage,
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  // eslint wants no interface elsewhere; this one is the library's own, opened here for its types.
  interface Register {
    router: typeof router;
  }
}

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { z } from "zod";
import { batchStates, rowPlans, rowStates } from "../contract/batch.ts";
import { causeCodes } from "../contract/codes.ts";
import { Frame } from "./layout/Frame.tsx";
import { PageError } from "./layout/PageError.tsx";
import { NotFoundPage } from "./pages/NotFoundPage.tsx";
import { SignInPage } from "./pages/SignInPage.tsx";

const text = z.string().optional().catch(undefined);
const one = <const Values extends readonly string[]>(values: Values) => z.enum(values).optional().catch(undefined);

/** The parts of a batch that waits for its start, each with an address. */
const batchSteps = ["plan", "columns", "options"] as const;

const root = createRootRoute({ component: Outlet, errorComponent: PageError });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: z.object({ next: text, failed: text }),
  component: SignInPage,
});

const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Frame });

const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/customers", replace: true });
  },
});

const customers = createRoute({
  getParentRoute: () => frame,
  path: "/customers",
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => import("./pages/CustomersPage.tsx"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => frame,
  path: "/customers/$customerId",
  component: lazyRouteComponent(() => import("./pages/CustomerPage.tsx"), "CustomerPage"),
});

const usersSearch = z.object({ q: text, sort: one(["displayName", "-displayName"]), user: text });

const users = createRoute({
  getParentRoute: () => customer,
  path: "/",
  validateSearch: usersSearch,
  component: lazyRouteComponent(() => import("./pages/UsersTab.tsx"), "UsersTab"),
});

const deleted = createRoute({
  getParentRoute: () => customer,
  path: "/deleted",
  validateSearch: z.object({ q: text, user: text }),
  component: lazyRouteComponent(() => import("./pages/DeletedTab.tsx"), "DeletedTab"),
});

const batchesSearch = z.object({ q: text, state: one(batchStates) });

const customerBatches = createRoute({
  getParentRoute: () => customer,
  path: "/batches",
  validateSearch: batchesSearch,
  component: lazyRouteComponent(() => import("./pages/CustomerBatchesTab.tsx"), "CustomerBatchesTab"),
});

const products = createRoute({
  getParentRoute: () => customer,
  path: "/products",
  component: lazyRouteComponent(() => import("./pages/ProductsTab.tsx"), "ProductsTab"),
});

const upload = createRoute({
  getParentRoute: () => frame,
  path: "/customers/$customerId/upload",
  component: lazyRouteComponent(() => import("./pages/UploadPage.tsx"), "UploadPage"),
});

const newUser = createRoute({
  getParentRoute: () => frame,
  path: "/customers/$customerId/users/new",
  component: lazyRouteComponent(() => import("./pages/NewUserPage.tsx"), "NewUserPage"),
});

const batches = createRoute({
  getParentRoute: () => frame,
  path: "/batches",
  validateSearch: batchesSearch,
  component: lazyRouteComponent(() => import("./pages/BatchesPage.tsx"), "BatchesPage"),
});

const batch = createRoute({
  getParentRoute: () => frame,
  path: "/batches/$batchId",
  validateSearch: z.object({
    plan: one(rowPlans),
    state: one(rowStates),
    code: one(causeCodes),
    step: one(batchSteps),
    row: z.coerce.number().int().min(1).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./pages/BatchPage.tsx"), "BatchPage"),
});

const elsewhere = createRoute({ getParentRoute: () => frame, path: "$", component: NotFoundPage });

const routeTree = root.addChildren([
  signIn,
  frame.addChildren([
    home,
    customers,
    customer.addChildren([users, deleted, customerBatches, products]),
    upload,
    newUser,
    batches,
    batch,
    elsewhere,
  ]),
]);

/** The pages by their addresses; each but the small ones comes when it is first opened. */
export const router = createRouter({ routeTree, defaultPreload: "intent", scrollRestoration: true });

declare module "@tanstack/react-router" {
  // eslint wants no interface elsewhere; this one is the library's own, opened here for its types.
  interface Register {
    router: typeof router;
  }
}

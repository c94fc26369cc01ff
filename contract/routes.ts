import { authorityRoutes } from "./routes/authority-routes.ts";
import { batchRoutes } from "./routes/batch-routes.ts";
import { bundleRoutes } from "./routes/bundle-routes.ts";
import { catalogRoutes } from "./routes/catalog-routes.ts";
import { customerRoutes } from "./routes/customer-routes.ts";
import { handOffRoutes } from "./routes/hand-off-routes.ts";
import { intakeRoutes } from "./routes/intake-routes.ts";
import { overviewRoutes } from "./routes/overview-routes.ts";
import { recordRoutes } from "./routes/record-routes.ts";
import type { Route } from "./routes/route.ts";
import { signInRoutes } from "./routes/sign-in-routes.ts";
import { systemRoutes } from "./routes/system-routes.ts";
import { userActRoutes } from "./routes/user-act-routes.ts";
import { twoFactorRoutes } from "./routes/two-factor-routes.ts";
import { webhookRoutes } from "./routes/webhook-routes.ts";

/** Every route that exists, under its operation's name; nothing else is mounted but Bull Board under /queues. */
export const routes = {
  ...systemRoutes,
  ...signInRoutes,
  ...twoFactorRoutes,
  ...authorityRoutes,
  ...customerRoutes,
  ...userActRoutes,
  ...overviewRoutes,
  ...intakeRoutes,
  ...batchRoutes,
  ...bundleRoutes,
  ...recordRoutes,
  ...handOffRoutes,
  ...catalogRoutes,
  ...webhookRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
export type RouteOf<Name extends RouteName> = (typeof routes)[Name];

export const routeNames = Object.keys(routes) as [RouteName, ...RouteName[]];

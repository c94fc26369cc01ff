import { type RouteName, routes } from "./routes.ts";

/** The address of a route with its parameters filled in; empty query values are left out. */
export function routeAddress(
  name: RouteName,
  { params = {}, query = {} }: { params?: Record<string, string> | undefined; query?: object | undefined } = {},
): string {
  const path = routes[name].path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => encodeURIComponent(params[key] ?? ""));
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return search.length === 0 ? path : `${path}?${search.join("&")}`;
}

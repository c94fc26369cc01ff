/** What Muster keeps its facts and its queue in. */
export type Store = "Postgres" | "Redis";

const defaultPorts: Record<Store, string> = { Postgres: "5432", Redis: "6379" };

/** Where `url` leads, as `host:port`, without name and password. */
export function placeOf(store: Store, url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port === "" ? defaultPorts[store] : port}`;
}

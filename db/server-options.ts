/**
 * The address of the same database that asks its server for `options` besides those it asks for already, such as
 * `-c synchronous_commit=off`. Inside the address, because there they win over all that is passed beside it.
 */
export function withServerOptions(databaseUrl: string, options: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("options", [url.searchParams.get("options"), options].filter(Boolean).join(" "));
  return url.href;
}

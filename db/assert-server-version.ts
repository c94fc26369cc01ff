import { Client } from "pg";
import { connectionProblem } from "./connection-problem.ts";

/** Makes sure that `url` answers and that it is a Postgres that Muster can run on: version 15 or later, in UTF-8. Gives its version. */
export async function assertServerVersion(url: string, setting = "DATABASE_URL"): Promise<string> {
  const server = await askServer(url).catch((error: unknown) => {
    throw connectionProblem(error, url, setting);
  });
  if (!server || server.number < 150_000) {
    throw new Error(`Muster needs Postgres 15 or later, and ${setting} leads to version ${server?.version}.`);
  }
  if (server.encoding !== "UTF8") {
    throw new Error(`Muster needs a database in UTF-8, and ${setting} leads to one in ${server.encoding}.`);
  }
  return server.version;
}

type Server = { version: string; number: number; encoding: string };

async function askServer(url: string): Promise<Server | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Server>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              current_setting('server_encoding') as encoding`,
    );
    return rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

import { Client } from "pg";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";

// A Muster process that does nothing but hold a database: it says where, and on SIGINT counts its tables before it stops.
const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error("usage: hold-postgres.ts DATA_DIR");
try {
  const embedded = await startEmbeddedPostgres({ dataDir, log: makeLog("warn", process.stderr) });
  process.on("SIGINT", () => {
    void (async () => {
      const client = new Client({ connectionString: embedded.url });
      await client.connect();
      const { rows } = await client.query<{ here: number }>("select 1 as here");
      await client.end();
      await embedded.stop();
      process.stdout.write(`${JSON.stringify({ stopped: rows[0]?.here })}\n`);
      clearInterval(stay);
    })();
  });
  const stay = setInterval(() => {}, 60_000);
  process.stdout.write(`${JSON.stringify({ url: embedded.url })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ refused: (error as Error).message })}\n`);
}

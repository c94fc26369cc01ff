import { connect, type Socket } from "node:net";
import { types } from "pg";
import postgres from "postgres";
import { connectMs, withKeepAlives } from "./open-pool.ts";
import type { PoolUse } from "./pool-use.ts";
import { makeSql, type Sql } from "./sql.ts";
import { answerMs, type ServerLimits } from "./time-limits.ts";
import { traceStatement } from "./tracing.ts";
import { watchSilence } from "./watch-silence.ts";

/** The tag of single statements, and what ends it: what is under way still after 5 s is broken off. */
export type OpenSql = { sql: Sql; use: () => PoolUse; close: () => Promise<void> };

export type SqlOptions = { max: number; application_name: string; limits: ServerLimits };

const closeSeconds = 5;

/** Opens the connections of single statements, `max` at most, without connecting yet. One that stays silent is given up. */
export function openSql(url: string, { max, application_name, limits }: SqlOptions): OpenSql {
  const watch = watchSilence(answerMs(limits.statement_timeout));
  const options: Options = {
    max,
    // Behind a statement that hears nothing, others would hear nothing either.
    max_pipeline: 0,
    // Its own question for the types of arrays is awaited by nobody: one that fails would end the process.
    fetch_types: false,
    types: Object.fromEntries(declared.map((type) => [`type${type.to}`, type])),
    socket: (place) => watch.socket(openSocket(place)),
    connect_timeout: connectMs / 1000,
    idle_timeout: 30,
    keep_alive: 15,
    // The default waits up to 20 s after an outage.
    backoff: (retries) => Math.min(0.1 * 2 ** retries, 2),
    connection: { application_name, ...limits },
    onnotice: () => {},
  };
  const client = postgres(withKeepAlives(url), options as postgres.Options<Record<string, postgres.PostgresType>>);
  return {
    sql: makeSql(async (text, values) => {
      const given = values.map((value) => (Array.isArray(value) ? arrayLiteral(value) : value));
      const send = () => watch.answer(client.unsafe(text, given as postgres.ParameterOrJSON<never>[], planned));
      return await traceStatement(text, send);
    }),
    use() {
      const { open, asked } = watch.count();
      return { pool: "statements", most: max, open, busy: Math.min(asked, open), waiting: Math.max(0, asked - max) };
    },
    async close() {
      await client.end({ timeout: closeSeconds });
      watch.close();
    },
  };
}

/** Its types know neither that it takes a socket of ours nor how many statements a connection carries at once. */
type Options = Omit<postgres.Options<Record<string, postgres.PostgresType>>, "socket" | "types"> & {
  max_pipeline: number;
  socket: (place: Place) => Socket;
  types: Record<string, postgres.PostgresType>;
};

type Place = { host: string[]; port: number[]; path: string | false };

/** Each statement is planned once a connection, one without values too. */
const planned = { prepare: true, simple: false };

/** A failure to connect is told by the socket, as postgres.js expects; of one that is not there it would never hear again. */
function openSocket({ host: [host = "localhost"], port: [port = 5432], path }: Place): Socket {
  // Of TLS it asks the socket which name the certificate is to bear.
  return path === false ? Object.assign(connect(port, host), { host, port }) : connect(path);
}

const { INT8, JSON: JSON_TYPE, JSONB } = types.builtins;
const int8Array = 1016;

/** bool, int2, int4, int8, float4, float8, text, varchar, uuid and timestamptz, each as an array. */
const arrays = [1000, 1005, 1007, int8Array, 1021, 1022, 1009, 1015, 2951, 1185];

/** What postgres.js does not know unless it has asked for it, or takes otherwise than pg does. */
const declared: postgres.PostgresType[] = [
  { to: INT8, from: [INT8], serialize: String, parse: Number },
  // A JSON value is passed as text.
  ...[JSON_TYPE, JSONB].map((type) => ({
    to: type,
    from: [type],
    serialize: String,
    parse: (text: string) => JSON.parse(text) as unknown,
  })),
  ...arrays.map((type) => ({ to: type, from: [type], serialize: String, parse: arrayOf(type) })),
];

function arrayOf(type: number): (text: string) => unknown {
  const parserOf = types.getTypeParser as (type: number, format: "text") => (text: string) => unknown[];
  const parse = parserOf(type, "text");
  return type === int8Array ? (text) => parse(text).map((item) => (item === null ? null : Number(item))) : parse;
}

/** An array as Postgres writes it. */
function arrayLiteral(values: readonly (string | number | boolean | null)[]): string {
  const items = values.map((value) => (value === null ? "NULL" : `"${String(value).replaceAll(/["\\]/g, "\\$&")}"`));
  return `{${items.join(",")}}`;
}

import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { PoolUse } from "../db/pool-use.ts";
import type { Readiness } from "./readiness.ts";

/** What one process tells of itself: its metrics, and whether it can work. Its parts put in what they know. */
export type Monitor = {
  registry: Registry;
  /** Has `ask` fill some metrics anew each time that they are printed; it never throws. */
  onPrint: (ask: () => Promise<void>) => void;
  /** Tells of the connections that `use` counts, under the name of the part that opened them. */
  watchPools: (role: string, use: () => PoolUse[]) => void;
  /** The process is ready when it is at work and each of these is. */
  readiness: Readiness[];
  /** Whether all parts of the process have started and nothing has told it to stop. */
  atWork: boolean;
  /** Gives all metrics in Prometheus' text format. */
  print(): Promise<string>;
  /** The media type of what `print` gives. */
  contentType: string;
};

/** Makes the monitor of this process, which knows memory, processor and event loop by itself. */
export function makeMonitor(): Monitor {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const asks: (() => Promise<void>)[] = [];
  const pools = new Map<string, () => PoolUse[]>();
  asks.push(tellPools(registry, pools));
  return {
    registry,
    onPrint: (ask) => void asks.push(ask),
    watchPools: (role, use) => void pools.set(role, use),
    readiness: [],
    atWork: false,
    async print() {
      await Promise.all(asks.map((ask) => ask()));
      return await registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function tellPools(registry: Registry, pools: ReadonlyMap<string, () => PoolUse[]>): () => Promise<void> {
  const connections = new Gauge({
    name: "muster_pool_connections",
    help: "Connections to Postgres of this process, by state: at most so many are opened",
    labelNames: ["role", "pool", "state"],
    registers: [registry],
  });
  const waiting = new Gauge({
    name: "muster_pool_waiting",
    help: "Statements and transactions of this process that wait for a connection",
    labelNames: ["role", "pool"],
    registers: [registry],
  });
  return async () => {
    for (const [role, use] of pools) {
      for (const { pool, most, open, busy, waiting: count } of use()) {
        for (const [state, value] of Object.entries({ most, open, busy })) {
          connections.set({ role, pool, state }, value);
        }
        waiting.set({ role, pool }, count);
      }
    }
  };
}

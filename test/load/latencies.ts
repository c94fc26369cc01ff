import { middle } from "../bench/median.ts";
import { ratio } from "../bench/figures.ts";
import type { Line } from "../bench/table.ts";

/** Times of requests of one kind, in ms. */
export class Latencies {
  readonly #taken: number[] = [];

  /** Notes how long `act` takes. */
  async of<T>(act: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const answer = await act();
    this.#taken.push(performance.now() - started);
    return answer;
  }

  get count(): number {
    return this.#taken.length;
  }

  get middle(): number {
    return middle(this.#taken);
  }

  /** The slowest but for one in a hundred. */
  get slow(): number {
    return this.#taken.toSorted((one, other) => one - other)[Math.ceil(this.#taken.length * 0.99) - 1] ?? 0;
  }
}

/** What people wait for at the most, as the slowest but for one in a hundred, while Muster is at work. */
const mostMs = 1_000;

/** The target of requests that a person waits for, and whether it was met. */
export function inTime({ slow }: Pick<Latencies, "slow">): { target: string; met: boolean } {
  return { target: `p99 ≤ ${mostMs / 1_000} s`, met: slow <= mostMs };
}

/** A line that sets requests under load beside the same ones without it. */
export function besideIdle(what: string, loaded: Latencies, idle: Latencies): Line {
  const told = ({ middle: usual, slow }: Latencies) => `${usual.toFixed(0)} ms, p99 ${slow.toFixed(0)} ms`;
  return {
    what: `${what}, ${loaded.count} times; idle ${told(idle)}`,
    figure: told(loaded),
    ratio: `p99 ${ratio(loaded.slow, idle.slow)} × idle`,
  };
}

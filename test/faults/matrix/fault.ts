import type { Stand } from "./stand.ts";

/** Where the queue of an installation lives. */
export const queueHomes = ["postgres", "redis"] as const;
export type QueueHome = (typeof queueHomes)[number];

/** Where the work stands when a fault strikes: rows are carried out, unless a fault is about another moment. */
export type Moment = "uploading" | "planning" | "applying" | "working" | "downloading";

/** What an installation needs so that a fault can strike it. */
export type Preparation = {
  /** Processes of one kind reach one of their stores through a proxy, which can swallow all bytes. */
  proxy?: { of: "api" | "worker"; before: QueueHome };
  /** The embedded Postgres, on a disk of its own that is small. */
  smallDisk?: true;
  /** Each process has a clock of its own; the workers serve health and metrics, which tell the time. */
  ownClocks?: true;
};

/** One way to break a running installation. */
export type Fault = {
  name: string;
  /** What it does, in a few words. */
  does: string;
  /** Where the queue must live; anywhere unless told. */
  only?: QueueHome;
  moment?: Moment;
  preparation?: Preparation;
  /** It takes something away for a while: rows must go on from the return of that, not from the first moment. */
  outage?: true;
  /** The longest that recovery may take; 10 s unless told. */
  limitMs?: number;
  /** What this machine lacks for it. */
  lacks?(): string | null;
  /** Does it, and resolves once it is over; `again` is called where it starts anew, as what was at work may be struck twice. */
  strike(stand: Stand, again: () => void): Promise<void>;
};

/** The longest that recovery may take, in ms, unless a fault says otherwise. */
export const usualLimitMs = 10_000;

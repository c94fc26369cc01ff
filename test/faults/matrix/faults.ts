import { queueHomes, type Fault, type QueueHome } from "./fault.ts";
import { machineFaults } from "./machine-faults.ts";
import { processFaults } from "./process-faults.ts";
import { silenceFaults } from "./silence-faults.ts";
import { storeFaults } from "./store-faults.ts";

/** Every fault that an installation must survive. */
export const faults: readonly Fault[] = [...processFaults, ...storeFaults, ...silenceFaults, ...machineFaults];

/** Where the queue lives when a fault strikes: each home in turn, but for a fault of one of them. */
export function homesOf({ only }: Fault): readonly QueueHome[] {
  return only === undefined ? queueHomes : [only];
}

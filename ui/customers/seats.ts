import type { ProductChange } from "../../contract/customer.ts";
import { customerTexts } from "./customer-texts.ts";
import { isSeats } from "./new-customer-draft.ts";

const words = customerTexts.products;

/** The seats of a product as they are typed; those in warning and suspended only where they are known. */
export type Seats = { total: string; warning?: string | undefined; suspended?: string | undefined };

/** What is wrong with the seats of a product of which `consumed` are in use, field by field. */
export function seatProblems(seats: Seats, consumed: number): Partial<Record<keyof Seats, string>> {
  const { total, warning = "0", suspended = "0" } = seats;
  const low = isSeats(total) && Number(total) < consumed;
  const high = isSeats(total) && isSeats(warning) && Number(warning) > Number(total);
  return {
    ...(!isSeats(total) && { total: words.totalWrong }),
    ...(low && { total: words.totalLow(consumed) }),
    ...(!isSeats(warning) && { warning: words.totalWrong }),
    ...(high && { warning: words.warningHigh(Number(total)) }),
    ...(!isSeats(suspended) && { suspended: words.totalWrong }),
  };
}

/** The request for what was typed; what is not known stays as it is. */
export function seatsBody({ total, warning, suspended }: Seats): ProductChange {
  return {
    total: Number(total),
    ...(warning !== undefined && { warning: Number(warning) }),
    ...(suspended !== undefined && { suspended: Number(suspended) }),
  };
}

import { addressFault, addressProblem } from "./address-problem.ts";
import { asFault } from "./faults.ts";
import { placeOf } from "./store-place.ts";

/** What is wrong with the address of a database that `error` came of, in one sentence that names `setting`; else the fault it is. */
export function connectionProblem(error: unknown, url: string, setting: string): Error {
  const fault = addressFault(error);
  if (fault !== null) return addressProblem(fault, setting, "Postgres", url);
  const place = placeOf("Postgres", url);
  switch ((error as { code?: unknown }).code) {
    case "28P01":
    case "28000":
      return addressProblem("refused", setting, "Postgres", url);
    case "3D000":
      return new Error(
        `${setting} names the database "${decodeURIComponent(new URL(url).pathname.slice(1))}", which ${place} does not have: make it first.`,
      );
    case "53300":
      return new Error(
        `${setting} leads to ${place}, which has no connection left: raise max_connections there, or the limit of the role or the database, or run fewer processes.`,
      );
    default:
      return asFault(error);
  }
}

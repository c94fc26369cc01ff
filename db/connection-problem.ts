import { addressFault, addressProblem } from "./address-problem.ts";
import { asFault, SqlFault, TransientFault } from "./faults.ts";
import { placeOf } from "./store-place.ts";

/** Why nobody could connect to the database at `url`, in one sentence that names `setting`; never the password. */
export function connectionProblem(error: unknown, url: string, setting: string): Error {
  const fault = addressFault(error);
  if (fault !== null) return addressProblem(fault, setting, "Postgres", url);
  const place = placeOf("Postgres", url);
  const { code, message = "" } = error as { code?: unknown; message?: string };
  if (/^no pg_hba.conf entry/.test(message)) {
    return new Error(
      `${setting} is refused by ${place}, whose pg_hba.conf lets this user in from here not at all, or only by TLS: change it there, or end the address with ?sslmode=verify-full.`,
    );
  }
  if (/^SASL: .* password must be/.test(message)) {
    return new Error(
      `${setting} has no password, and ${place} asks for one: write it behind the user, as user:password@host.`,
    );
  }
  switch (code) {
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
      return isOfPostgres(error)
        ? faultProblem(error, setting)
        : new Error(`${setting} leads to ${place}, and no connection comes about: ${message}.`);
  }
}

/** What a fault of Postgres keeps a start from, in one sentence that names `setting`; any other error comes back as it is. */
export function faultProblem(error: unknown, setting: string): Error {
  const fault = asFault(error);
  if (!(fault instanceof SqlFault)) return fault;
  if (fault instanceof TransientFault) {
    return new Error(
      `${setting} leads to a Postgres that cannot be reached or is not ready (${fault.message}): see to it, then start again.`,
    );
  }
  if (fault.sqlstate === "42501") {
    return new Error(
      `${setting} names a role that lacks a right which it needs (42501): let it own the database, or set DATABASE_OWNER_URL to a role that does and may make roles, and run migrate.`,
    );
  }
  return new Error(`${setting} leads to a Postgres that refuses what is needed (${fault.message}): its log says more.`);
}

function isOfPostgres(error: unknown): boolean {
  return asFault(error) instanceof SqlFault;
}

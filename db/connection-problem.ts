import { asFault } from "./faults.ts";

/** What is wrong with the address of a database that `error` came of, in one sentence that names `setting`; else the fault it is. */
export function connectionProblem(error: unknown, url: string, setting: string): Error {
  const { hostname, port, username, pathname } = new URL(url);
  const place = `${hostname}:${port === "" ? "5432" : port}`;
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] };
  switch (code ?? errors?.[0]?.code) {
    case "28P01":
    case "28000":
      return new Error(
        `${setting} is refused by the database: user "${decodeURIComponent(username)}" and that password do not let in.`,
      );
    case "3D000":
      return new Error(
        `${setting} names the database "${decodeURIComponent(pathname.slice(1))}", which ${place} does not have: make it first.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Error(`${setting} names the host "${hostname}", which cannot be found: check its spelling.`);
    case "ECONNREFUSED":
      return new Error(
        `${setting} leads to ${place}, where nothing answers: start the database, or correct host and port.`,
      );
    case "53300":
      return new Error(
        `${setting} leads to ${place}, which has no connection left: raise max_connections there, or the limit of the role or the database, or run fewer processes.`,
      );
    default:
      return asFault(error);
  }
}

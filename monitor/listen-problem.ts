/** Why a server cannot listen, in one sentence that names the setting to change; else the error that it is. */
export function listenProblem(
  error: NodeJS.ErrnoException,
  { host, port, setting }: { host: string; port: number; setting: string },
): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new Error(`Port ${port} is in use: stop what uses it, or set ${setting} to another number.`);
    case "EACCES":
      return new Error(`Port ${port} may not be used by this account: set ${setting} to a number from 1024.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new Error(`HOST is "${host}", which is not an address of this machine: 0.0.0.0 stands for all it has.`);
    case undefined:
    default:
      return error;
  }
}

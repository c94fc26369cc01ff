import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Batch, CauseCount } from "../contract/batch.ts";
import type { Bundle } from "../contract/bundle.ts";
import { RequestFailed } from "../contract/request-failed.ts";
import { keepBeside } from "./keep-beside.ts";
import type { OfferedColumn } from "./offered-columns.ts";
import { openFile } from "./open-file.ts";
import type { Printer } from "./printer.ts";
import type { ImportOrder, SendOptions } from "./read-arguments.ts";
import { sendFile } from "./send-file.ts";
import type { ServerClient } from "./server-client.ts";
import { size } from "./units.ts";

/** What is known so far of an import; it holds at every moment, however the command ends. */
export type ImportReport = {
  /** The address of the page of the batch, or of the file for many customers. */
  page: string | null;
  batch: Batch | null;
  /** The file for many customers, where it is one. */
  bundle: Bundle | null;
  causes: CauseCount[];
  /** What the server offers for columns that stand for nothing so far. */
  guesses: OfferedColumn[];
  /** Where the failed rows were written. */
  failedRows: string | null;
  /** Where the outcome of each row was written, of a file for many customers. */
  results: string | null;
  /** The command that goes on from here. */
  next: string | null;
};

/** What an import knows before it has begun. */
export const emptyReport: ImportReport = {
  page: null,
  batch: null,
  bundle: null,
  causes: [],
  guesses: [],
  failedRows: null,
  results: null,
  next: null,
};

/** What an import has come to, as people call it; null before the server has the file. */
export function reached({ batch, bundle }: Pick<ImportReport, "batch" | "bundle">): string | null {
  return batch !== null ? `batch ${batch.no}` : bundle !== null ? `file ${bundle.no}` : null;
}

/** An import under way; `program` is how the command was started. */
export type Import = {
  order: ImportOrder;
  client: ServerClient;
  printer: Printer;
  program: string;
  stdin: Readable;
  report: ImportReport;
};

/**
 * Sends the file of the order to the route that `to` finds, and gives what the server has made of it.
 * @throws RequestFailed, CommandFailed
 */
export async function sendOrdered<Made>(
  { order, client, printer, stdin }: Import,
  made: z.ZodType<Made>,
  options: SendOptions,
  to: () => Promise<string>,
): Promise<Made> {
  const file = await openFile(order.file, stdin);
  try {
    const sending = { file, address: await to(), options, made };
    return await sendFile(client, sending, (bytes, of) => {
      const words = bytes < of ? `${size(bytes)} of ${size(of)} sent` : `${size(of)} sent; the server plans the rows`;
      printer.progress(of === 0 ? 1 : bytes / of, words);
    });
  } finally {
    await file.handle.close();
  }
}

/**
 * Writes the CSV at `address` beside the file and says where `what` is; gives null where the folder takes no file.
 * @throws RequestFailed
 */
export async function keepAndSay(
  { order, client, printer }: Import,
  address: string,
  ending: "failed" | "results",
  what: string,
): Promise<string | null> {
  try {
    const { path, instead } = await keepBeside(client, address, order.file, ending);
    printer.say(`${what} in ${path}${instead === null ? "" : `, because ${instead} was there already`}.`);
    return path;
  } catch (error) {
    if (error instanceof RequestFailed || client.stop.aborted) throw error;
    // They are kept at the server all the same.
    printer.say(`${what} at the server only; they could not be written beside the file: ${(error as Error).message}`);
    return null;
  }
}

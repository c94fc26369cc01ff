import { createReadStream } from "node:fs";
import { arch, platform } from "node:os";
import { createGunzip } from "node:zlib";
import { Header } from "tar";

/** What stands in front of the data in a backup. */
export type BackupLabel = {
  format: 1;
  madeAt: string;
  /** The version of Muster that made it. */
  muster: string;
  /** The major version of its Postgres, which alone can read the data. */
  postgres: number;
  /** The kind of machine, as the layout of the data is that of its processor. */
  machine: string;
  /** When the newest migration in it was made, in ms. */
  schema: number;
  /** Of the two roles of the embedded Postgres, which nobody reaches from another machine. */
  password: string;
};

/** The name of the label in the tar file, which begins with it. */
export const labelName = "muster-backup.json";

/** This kind of machine. */
export const thisMachine = `${platform()}-${arch()}`;

const blockBytes = 512;
const mostBytes = 64 * 1024;

/** The label as the first file of a tar. */
export function packLabel(label: BackupLabel): Buffer {
  const content = Buffer.from(`${JSON.stringify(label, null, 2)}\n`);
  const head = Buffer.alloc(blockBytes);
  new Header({ path: labelName, mode: 0o600, size: content.length, type: "File" }).encode(head);
  return Buffer.concat([head, content, Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes)]);
}

/** Reads the label of the backup in `file`. @throws Error of one sentence where the file is none */
export async function readLabel(file: string): Promise<BackupLabel> {
  try {
    const read = await readStart(file);
    const header = new Header(read, 0);
    if (header.path !== labelName) throw new Error("another file");
    const content = read.subarray(blockBytes, blockBytes + (header.size ?? 0));
    const label = JSON.parse(content.toString("utf8")) as BackupLabel;
    if (label.format !== 1) throw new Error("another format");
    return label;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "is not there" : "is not a backup that this Muster can read";
    throw new Error(`The file ${file} ${why}.`, { cause: error });
  }
}

async function readStart(file: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const packed = createReadStream(file);
  try {
    // A pipe alone would not pass on that the file cannot be read.
    await new Promise((done, fail) => packed.once("open", done).once("error", fail));
    for await (const piece of packed.pipe(createGunzip())) {
      pieces.push(piece as Buffer);
      bytes += (piece as Buffer).length;
      if (bytes >= mostBytes) break;
    }
  } finally {
    packed.destroy();
  }
  return Buffer.concat(pieces);
}

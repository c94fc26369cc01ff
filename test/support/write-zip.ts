import { crc32, deflateRawSync } from "node:zlib";

/** One part of a zip archive, and what its directory says of it where that is to be a lie. */
export type ZipPart = {
  name: string;
  content: string | Uint8Array;
  stored?: boolean;
  /** Bytes that are deflated already, of `content` that is too long to be held. */
  deflated?: { bytes: Uint8Array; length: number; crc: number };
  saysLength?: number;
  saysCrc?: number;
  saysMethod?: number;
  encrypted?: boolean;
};

/** Writes a zip archive. */
export function writeZip(parts: ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const bytes = Buffer.from(part.deflated?.bytes ?? (part.stored === true ? content : deflateRawSync(content)));
    const name = Buffer.from(part.name);
    // From the flags on, the header of a file and its entry in the directory are alike.
    const common = Buffer.alloc(24);
    common.writeUInt16LE(0x800 + (part.encrypted === true ? 1 : 0), 0);
    common.writeUInt16LE(part.saysMethod ?? (part.stored === true ? 0 : 8), 2);
    common.writeUInt32LE(part.saysCrc ?? part.deflated?.crc ?? crc32(content), 8);
    common.writeUInt32LE(bytes.length, 12);
    common.writeUInt32LE(part.saysLength ?? part.deflated?.length ?? content.length, 16);
    common.writeUInt16LE(name.length, 20);
    const header = Buffer.concat([Buffer.from("PK\x03\x04\x14\0", "latin1"), common]);
    const entry = Buffer.concat([Buffer.from("PK\x01\x02\x14\0\x14\0", "latin1"), common, Buffer.alloc(14)]);
    entry.writeUInt32LE(offset, 42);
    files.push(header, name, bytes);
    directory.push(entry, name);
    offset += header.length + name.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

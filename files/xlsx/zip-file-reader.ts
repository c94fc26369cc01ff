import { RandomAccessReader } from "yauzl";
import { readAt } from "./read-at.ts";

/**
 * What yauzl reads the directory of the open file `fd` with. Its own reader throws out of every promise where a
 * directory names a place beyond 2^53, and closes the file.
 */
export class ZipFileReader extends RandomAccessReader {
  readonly #fd: number;
  readonly #size: number;

  constructor(fd: number, size: number) {
    super();
    this.#fd = fd;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const error = this.#fill(buffer.subarray(offset, offset + length), position);
    queueMicrotask(() => callback(error));
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  #fill(bytes: Buffer, position: number): Error | null {
    try {
      const whole = position <= this.#size && readAt(this.#fd, bytes, position) === bytes.length;
      return whole ? null : new Error("the archive names a place behind its end");
    } catch (error) {
      return error as Error;
    }
  }
}

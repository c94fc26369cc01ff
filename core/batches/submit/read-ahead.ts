/**
 * Waits for the first block, or for the end of a file that is smaller, and gives all of them. Whoever sends a byte at a time
 * holds no connection to the database until then.
 */
export async function readAhead<Block>(blocks: AsyncIterable<Block>): Promise<AsyncIterable<Block>> {
  const iterator = blocks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const rest = { [Symbol.asyncIterator]: () => iterator };
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* rest;
  })();
}

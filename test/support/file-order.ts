import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Long though the file is short: on a fresh clone nothing but the size of a file is known. */
const long = /\/(?:every-dialog|half-filled|every-page|xlsx-writers|replan|silent-api)\.test\.ts$/;
const withBrowser = /\/test\/e2e\//;

/**
 * Begins what takes longest first, so that no worker has a long file left at the end when the others are done, and files with a browser
 * by turns with the others, because two browsers at once have more to do than two cores can. Projects whose files share
 * processes come one after the other: a process ends when a file of another project is next.
 */
export class FileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = byTruth(await super.sort(files), ({ moduleId }) => long.test(moduleId)).flat();
    const [alone, together] = byTruth(sorted, ({ project }) => project.config.isolate);
    const [browsers, others] = byTruth(alone, ({ moduleId }) => withBrowser.test(moduleId));
    const [units, shared] = byTruth(together, ({ project }) => project.name === "unit");
    return [...inTurns(browsers, others), ...shared, ...units];
  }
}

/** Those of which `is` is true, and the others. */
function byTruth<One>(all: One[], is: (one: One) => boolean): [One[], One[]] {
  return [all.filter((one) => is(one)), all.filter((one) => !is(one))];
}

function inTurns<One>(some: One[], others: One[]): One[] {
  const length = Math.max(some.length, others.length);
  return Array.from({ length }, (_, at) => [...some.slice(at, at + 1), ...others.slice(at, at + 1)]).flat();
}

import { eventually } from "../../support/eventually.ts";
import { amidRows } from "./amid-rows.ts";
import type { Moment } from "./fault.ts";
import type { Scene } from "./scene.ts";
import {
  applied,
  finishLimit,
  isFinished,
  makeWork,
  newBatch,
  planned,
  underWay,
  whileApplying,
  whileDownloading,
} from "./work.ts";

/** Lets the fault strike while a file is sent, beside rows that are under way, and has the file sent again. */
async function amidSending(scene: Scene, all: boolean): Promise<void> {
  const { stand, rows, batches, strike } = scene;
  const work = await makeWork(stand, rows);
  await amidRows({
    ...scene,
    async strike() {
      await underWay(stand, work, all);
      await strike();
      const batch = { ...work, batchId: await planned(stand, work) };
      batches.push(batch);
      await applied(stand, batch.batchId);
    },
  });
}

/** Brings an installation to a moment, with rows under way, and lets the fault strike there. @throws Error where an agent then does not get what is due. */
export const strikeAt: Record<Moment, (scene: Scene) => Promise<void>> = {
  uploading: (scene) => amidSending(scene, false),
  planning: (scene) => amidSending(scene, true),
  async applying(scene) {
    const { stand, rows, batches, strike } = scene;
    const batch = await newBatch(stand, rows);
    await amidRows({
      ...scene,
      async strike() {
        batches.push(batch);
        await whileApplying(stand, batch.batchId, strike);
        await applied(stand, batch.batchId);
      },
    });
  },
  working: amidRows,
  async downloading(scene) {
    const { stand, rows, batches, strike } = scene;
    const batch = await newBatch(stand, rows);
    batches.push(batch);
    await applied(stand, batch.batchId);
    await eventually(() => isFinished(stand.db, batch.batchId), finishLimit);
    await amidRows({
      ...scene,
      async strike() {
        const told = await whileDownloading(stand, batch.batchId, strike);
        if (told !== rows) throw new Error(`the download tells of ${told} of ${rows} rows`);
      },
    });
  },
};

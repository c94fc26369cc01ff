import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import type { Job } from "bullmq";

/** A queue as Bull Board shows it: a job that is over is whole, though a short one never reported a step. */
export class BoardQueue extends BullMQAdapter {
  override async getJob(id: string): Promise<Job | undefined> {
    const job = await super.getJob(id);
    return job && asShown(job);
  }

  override async getJobs(...asked: Parameters<BullMQAdapter["getJobs"]>): Promise<Job[]> {
    return (await super.getJobs(...asked)).map(asShown);
  }
}

function asShown(job: Job): Job {
  if (job.finishedOn !== undefined) job.progress = 100;
  return job;
}

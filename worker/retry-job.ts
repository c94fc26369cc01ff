import type { Queue } from "bullmq";

export type RetryOutcome = "retried" | "job_not_found" | "job_not_failed";

/**
 * Puts a failed job back into its queue with all its attempts. Any other job stays as it is, also one that somebody else
 * retried a moment earlier and one that completed.
 */
export async function retryJob(queue: Queue, jobId: string): Promise<RetryOutcome> {
  const job = await queue.getJob(jobId);
  if (!job) return "job_not_found";
  try {
    // Of its last run, which went to the end; refused here where the job is gone.
    if (await job.isFailed()) await job.updateProgress(0);
    // Without the reset a later transient fault would fail the job at once.
    await job.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true });
    return "retried";
  } catch (error) {
    if (await job.isFailed()) throw error;
    return (await queue.getJob(jobId)) ? "job_not_failed" : "job_not_found";
  }
}

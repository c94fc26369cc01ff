import { queueNames } from "../../contract/operations.ts";
import type { Client } from "../support/client.ts";

type Listed = {
  queues: { name: string; jobs: { id: string }[]; pagination: { pageCount: number }; statuses: string[] }[];
};

const base = "/queues/api/queues";

/** All that Bull Board's API tells: every page of every queue in every state, every job with its log, and the rest. */
export async function boardAnswers(client: Client): Promise<{ text: string; jobs: number }> {
  const texts: string[] = [];
  const jobIds = new Map<string, Set<string>>();
  const read = async (path: string): Promise<unknown> => {
    const { status, text, body } = await client.request(path);
    if (status >= 500) throw new Error(`${path} answered ${status}: ${text}`);
    texts.push(text);
    return body;
  };
  for (const queue of queueNames) {
    const found = new Set<string>();
    jobIds.set(queue, found);
    const list = async (status: string, page: number) => {
      const path = `${base}?activeQueue=${queue}&status=${status}&page=${page}&jobsPerPage=20`;
      const listed = ((await read(path)) as Listed).queues.find(({ name }) => name === queue);
      if (listed === undefined) throw new Error(`Bull Board does not show the queue ${queue}`);
      return listed;
    };
    for (const status of (await list("latest", 1)).statuses) {
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const { jobs, pagination } = await list(status, page);
        for (const { id } of jobs) found.add(id);
        pages = pagination.pageCount;
      }
    }
    await read(`${base}/${queue}/metrics`);
    await read(`${base}/${queue}/workers`);
    for (const id of found) {
      await Promise.all(["", "/logs", "/flow"].map((part) => read(`${base}/${queue}/${id}${part}`)));
    }
  }
  await Promise.all(["/queues", "/queues/api/job-schedulers", "/queues/api/redis/stats"].map(read));
  return { text: texts.join("\n"), jobs: [...jobIds.values()].reduce((sum, { size }) => sum + size, 0) };
}

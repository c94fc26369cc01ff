import { batchSchema, type Batch } from "../../contract/batch.ts";
import { newId } from "../../db/new-id.ts";
import { eventually } from "./eventually.ts";

/** An answer, read to the end; `body` is the parsed JSON, or the text where it is not JSON. */
export type ClientAnswer = { status: number; body: unknown; text: string };

type ClientRequest = { method?: string; json?: unknown; csv?: string; headers?: Record<string, string> };

/** What an agent's program does with a Muster somewhere: requests with an API key, and the few that tests share. */
export type Client = {
  request(path: string, options?: ClientRequest): Promise<ClientAnswer>;
  /** @throws Error where the answer is a problem. */
  ok(path: string, options?: ClientRequest): Promise<unknown>;
  /** Makes a customer with one fresh domain, and seats where asked. */
  makeCustomer(products?: { skuPartNumber: string; total: number }[]): Promise<{ id: string; domain: string }>;
  /** Uploads `csv` for createUsers; `query` is more of the address, such as `&apply=true`. */
  upload(customerId: string, csv: string, query?: string): Promise<Batch>;
  act(batchId: string, act: "apply" | "pause" | "resume" | "cancel" | "retry"): Promise<ClientAnswer>;
  batch(batchId: string): Promise<Batch>;
  /** The batch once it has ended. */
  finished(batchId: string, timeoutMs?: number): Promise<Batch>;
};

const ended = new Set(["finished", "cancelled", "rejected"]);

/** Makes a client of the api at `address` with the bearer token `key`. */
export function makeClient(address: string, key: string): Client {
  async function request(path: string, { method, json, csv, headers }: ClientRequest = {}): Promise<ClientAnswer> {
    const body = json === undefined ? csv : JSON.stringify(json);
    const answer = await fetch(`${address}${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        authorization: `Bearer ${key}`,
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...(csv === undefined ? {} : { "content-type": "text/csv" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") === true;
    return { status: answer.status, text, body: isJson ? JSON.parse(text) : text };
  }

  async function ok(path: string, options?: ClientRequest): Promise<unknown> {
    const answer = await request(path, options);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  async function batch(batchId: string): Promise<Batch> {
    return batchSchema.parse(await ok(`/v1/batches/${batchId}`));
  }

  return {
    request,
    ok,
    batch,
    async makeCustomer(products = []) {
      const domain = `${newId().slice(-12)}.example`;
      const json = { name: `Customer ${domain}`, domains: [domain], products };
      const { id } = (await ok("/v1/customers", { json })) as { id: string };
      return { id, domain };
    },
    async upload(customerId, csv, query = "") {
      const path = `/v1/customers/${customerId}/uploads?operation=create-users${query}`;
      return batchSchema.parse(await ok(path, { csv }));
    },
    act: (batchId, act) => request(`/v1/batches/${batchId}/${act}`, { method: "POST" }),
    finished: (batchId, timeoutMs = 90_000) =>
      eventually(
        async () => {
          const now = await batch(batchId);
          if (!ended.has(now.state)) throw new Error(`batch ${now.no} is still ${now.state}: ${JSON.stringify(now)}`);
          return now;
        },
        { timeoutMs },
      ),
  };
}

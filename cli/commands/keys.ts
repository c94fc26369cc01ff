import type { ApiKey } from "../../contract/authority.ts";
import { command } from "../command.ts";
import { readCount } from "../read-values.ts";
import { table } from "../table.ts";

/** What an agent does with API keys of their own. */
export const keyCommands = [
  command({
    words: "keys list",
    summary: "lists your API keys",
    operands: [],
    flags: {},
    async run({ client }) {
      const page = await client.call("listApiKeys", {});
      return { lines: table(["Name", "Begins with", "Last used", "Ends", "Id"], page.items.map(cells)), result: page };
    },
  }),
  command({
    words: "keys create",
    summary: "makes an API key for you, and tells it this once",
    operands: [{ name: "NAME", about: "what it is for" }],
    flags: { days: { takes: "N", about: "how long it lasts; 90 unless told" } },
    async run({ client, operands: [name = ""], flags }) {
      const days = readCount("days", flags.days);
      const made = await client.call("createApiKey", { body: { name, ...(days !== null && { expiresInDays: days }) } });
      return { lines: [`The key ends ${made.expiresAt}. It is shown this once:`, made.key ?? ""], result: made };
    },
  }),
  command({
    words: "keys end",
    summary: "ends an API key of yours",
    operands: [{ name: "KEY_ID", about: "its id, as keys list tells it" }],
    flags: {},
    async run({ client, operands: [keyId = ""] }) {
      await client.call("deleteApiKey", { params: { keyId } });
      return { lines: ["The key has ended."], result: { id: keyId } };
    },
  }),
];

function cells({ name, start, lastUsedAt, expiresAt, id }: ApiKey): string[] {
  return [name, start, lastUsedAt?.slice(0, 16) ?? "never", expiresAt.slice(0, 16), id];
}

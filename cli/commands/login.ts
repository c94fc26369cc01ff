import { command } from "../command.ts";
import { keepKeys } from "../kept-keys.ts";

/** How a key is kept, so that it is not given each time. */
export const loginCommands = [
  command({
    words: "login",
    summary: "keeps an API key for a server, in a file that only you can read; without --api-key it is asked for",
    operands: [],
    flags: {},
    key: "asked",
    notes:
      "A key is made on the page Settings of the Muster. From a script: muster login --server ADDRESS < file-with-the-key",
    async run({ client, folder, kept }) {
      const me = await client.call("getMe", {});
      const { server, key } = client;
      const file = keepKeys(folder, { latest: server, keys: { ...kept.keys, [server]: key } });
      return { lines: [`You are ${me.name} at ${server}. The key is kept in ${file}.`], result: { server, file, me } };
    },
  }),
  command({
    words: "logout",
    summary: "forgets the key that is kept for a server; keys end ends it for good",
    operands: [],
    flags: {},
    key: "none",
    async run({ client: { server }, folder, kept }) {
      const keys = Object.fromEntries(Object.entries(kept.keys).filter(([at]) => at !== server));
      keepKeys(folder, { latest: kept.latest === server ? null : kept.latest, keys });
      return { lines: [`No key is kept for ${server} any more.`], result: { server } };
    },
  }),
];

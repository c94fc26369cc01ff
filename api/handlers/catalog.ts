import { importCatalog } from "../../core/catalog/import-catalog.ts";
import type { SomeHandlers } from "../http/call.ts";
import { requireMay } from "../http/require-may.ts";

/** The handler of the catalogue. */
export const catalogHandlers: SomeHandlers<"importCatalog"> = {
  importCatalog: {
    async act({ door, caller: { actor }, upload }) {
      requireMay(actor, "manageCustomer", null);
      const imported = await door.uploads(actor.id, () => importCatalog(door.context, actor, upload.bytes));
      return { id: "catalog", shownOnce: imported };
    },
    answer: async (_call, { shownOnce }) => ({ status: 200, body: { ...shownOnce } }),
  },
};

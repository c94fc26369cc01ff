import { catalogId, importCatalog } from "../../core/catalog/import-catalog.ts";
import { listCatalog } from "../../core/catalog/list-catalog.ts";
import type { SomeHandlers } from "../http/call.ts";

/** Handlers of the catalogue. */
export const catalogHandlers: SomeHandlers<"listCatalog" | "importCatalog"> = {
  async listCatalog({ door, query }) {
    return { status: 200, body: await listCatalog(door.context, query) };
  },

  importCatalog: {
    async act({ door, caller: { actor }, query, upload }) {
      const imported = await door.uploads(actor.id, () =>
        importCatalog(door.context, actor, upload.bytes, query.apply),
      );
      return { id: catalogId, shownOnce: imported };
    },
    answer: async (_call, { shownOnce }) => ({ status: 200, body: { ...shownOnce } }),
  },
};

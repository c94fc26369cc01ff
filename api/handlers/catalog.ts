import { catalogId, importCatalog } from "../../core/directory/catalog/import-catalog.ts";
import { listCatalog } from "../../core/directory/catalog/list-catalog.ts";
import type { SomeHandlers } from "../http/call.ts";

/** Handlers of the catalogue. */
export const catalogHandlers: SomeHandlers<"listCatalog" | "importCatalog"> = {
  async listCatalog({ api, query }) {
    return { status: 200, body: await listCatalog(api.context, query) };
  },

  importCatalog: {
    async act({ api, caller: { actor }, query, upload }) {
      const imported = await api.uploads(actor.id, () => importCatalog(api.context, actor, upload.bytes, query.apply));
      return { id: catalogId, shownOnce: imported };
    },
    answer: async (_call, { shownOnce }) => ({ status: 200, body: { ...shownOnce } }),
  },
};

import type { Bundle, DecidedBundle } from "../../contract/bundle.ts";
import { applyBundle } from "../../core/batches/bundles/apply-bundle.ts";
import { decideBundle } from "../../core/batches/bundles/decide-bundle.ts";
import { listQuestions, questionsLeft } from "../../core/batches/bundles/list-questions.ts";
import { getBundle, listBundles, listRefused } from "../../core/batches/bundles/read-bundles.ts";
import { resumeBundle } from "../../core/batches/bundles/resume-bundle.ts";
import { writeBundleResults } from "../../core/batches/bundles/write-bundle-results.ts";
import type { ApiContext } from "../api-context.ts";
import type { Caller } from "../http/authenticate.ts";
import type { Read, SomeHandlers, Write } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Gives the file for many customers as the caller may see it. @throws Problem not_found */
export async function bundleOf({ context }: Pick<ApiContext, "context">, caller: Caller, id: string): Promise<Bundle> {
  const bundle = await getBundle(context, caller.actor, id);
  if (bundle === null) throw missing();
  return bundle;
}

/** Handlers of files for many customers. */
export const bundleHandlers: SomeHandlers<
  | "listBundles"
  | "getBundle"
  | "applyBundle"
  | "listQuestions"
  | "approveBundle"
  | "refuseBundle"
  | "resumeBundle"
  | "listRefused"
  | "downloadBundleResults"
  | "downloadBundleFailed"
> = {
  async listBundles({ api, caller, query }) {
    return { status: 200, body: await listBundles(api.context, caller.actor, query) };
  },

  async getBundle({ api, caller, params }) {
    return { status: 200, body: await bundleOf(api, caller, params.bundleId) };
  },

  applyBundle: {
    async act({ api, caller, params, body }) {
      const { id } = await bundleOf(api, caller, params.bundleId);
      await applyBundle(api.context, caller.actor, id, body);
      return { id };
    },
    answer: async ({ api, caller }, { id }) => ({ status: 202, body: await bundleOf(api, caller, id) }),
  },

  async listQuestions({ api, caller, params }) {
    const { id } = await bundleOf(api, caller, params.bundleId);
    return { status: 200, body: { items: await listQuestions(api.context, caller.actor, id), next: null } };
  },

  approveBundle: decides("approve"),
  refuseBundle: decides("refuse"),

  resumeBundle: {
    async act({ api, caller, params }) {
      const { id } = await bundleOf(api, caller, params.bundleId);
      await resumeBundle(api.context, caller.actor, id);
      return { id };
    },
    answer: async ({ api, caller }, { id }) => ({ status: 202, body: await bundleOf(api, caller, id) }),
  },

  async listRefused({ api, caller, params, query }) {
    const { id } = await bundleOf(api, caller, params.bundleId);
    return { status: 200, body: await listRefused(api.context, caller.actor, id, query) };
  },

  downloadBundleResults: downloads("results", { failedOnly: false }),
  downloadBundleFailed: downloads("failed", { failedOnly: true }),
};

function decides(act: "approve" | "refuse"): Write<"approveBundle"> & Write<"refuseBundle"> {
  return {
    async act({ api, caller, params, body }) {
      const { id } = await bundleOf(api, caller, params.bundleId);
      return { id, shownOnce: { left: await decideBundle(api.context, caller.actor, id, { act, ...body }) } };
    },
    async answer({ api, caller, body: { plans } }, { id, shownOnce }) {
      const left = shownOnce ?? { left: await questionsLeft(api.context, caller.actor, id, { act, plans }) };
      return { status: 202, body: { ...(await bundleOf(api, caller, id)), ...(left as Pick<DecidedBundle, "left">) } };
    },
  };
}

function downloads(
  kind: string,
  which: { failedOnly: boolean },
): Read<"downloadBundleResults"> & Read<"downloadBundleFailed"> {
  return async ({ api, caller, params }) => {
    const { id, no } = await bundleOf(api, caller, params.bundleId);
    const csv = writeBundleResults(api.context, caller.actor, id, which);
    return { status: 200, csv, fileName: `bundle-${no}-${kind}.csv` };
  };
}

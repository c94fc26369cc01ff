import { readOverview } from "../../core/batches/read/overview/read-overview.ts";
import { listRuns } from "../../core/batches/read/overview/list-runs.ts";
import { readPace } from "../../core/batches/read/overview/read-pace.ts";
import { checkName } from "../../core/directory/users/check-name.ts";
import { listActivity } from "../../core/directory/users/list-activity.ts";
import { readFacets } from "../../core/directory/users/read-facets.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { suggestUser } from "../../core/directory/users/suggest-user.ts";
import { listTakenNames } from "../../core/directory/users/list-taken-names.ts";
import { summariseSelection } from "../../core/directory/users/summarise-selection.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Handlers of what pages ask before and after something is done. */
export const overviewHandlers: SomeHandlers<
  | "getOverview"
  | "getPace"
  | "listRuns"
  | "getUserFacets"
  | "checkName"
  | "suggestUser"
  | "summariseSelection"
  | "listTakenNames"
  | "listActivity"
> = {
  async getOverview({ api, caller, query }) {
    return { status: 200, body: await readOverview(api.context, caller.actor, query.days) };
  },

  async getPace({ api, caller, query }) {
    return { status: 200, body: await readPace(api.context, caller.actor, query.hours) };
  },

  async listRuns({ api, batch }) {
    return { status: 200, body: await listRuns(api.context, batch) };
  },

  async checkName({ api, customer, query }) {
    return { status: 200, body: await checkName(api.context, customer, query) };
  },

  async suggestUser({ api, customer, query }) {
    return { status: 200, body: await suggestUser(api.context, customer, query) };
  },

  async getUserFacets({ api, customer, query }) {
    return { status: 200, body: await readFacets(api.context, customer.id, query.state) };
  },

  async listTakenNames({ api, customer, body }) {
    return { status: 200, body: await listTakenNames(api.context, customer.id, body.select) };
  },

  async summariseSelection({ api, customer, body }) {
    return { status: 200, body: await summariseSelection(api.context, customer.id, body.select) };
  },

  async listActivity({ api, customer, params, query }) {
    const user = await getUser(api.context, customer.id, params.userId);
    if (user === null) throw missing();
    return { status: 200, body: await listActivity(api.context, user, query) };
  },
};

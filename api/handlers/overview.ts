import { readOverview } from "../../core/overview/read-overview.ts";
import { listRuns } from "../../core/overview/list-runs.ts";
import { readPace } from "../../core/overview/read-pace.ts";
import { checkName } from "../../core/users/check-name.ts";
import { listActivity } from "../../core/users/list-activity.ts";
import { readFacets } from "../../core/users/read-facets.ts";
import { getUser } from "../../core/users/read-users.ts";
import { suggestUser } from "../../core/users/suggest-user.ts";
import { listTakenNames } from "../../core/users/list-taken-names.ts";
import { summariseSelection } from "../../core/users/summarise-selection.ts";
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
  async getOverview({ door, caller, query }) {
    return { status: 200, body: await readOverview(door.context, caller.actor, query.days) };
  },

  async getPace({ door, caller, query }) {
    return { status: 200, body: await readPace(door.context, caller.actor, query.hours) };
  },

  async listRuns({ door, batch }) {
    return { status: 200, body: await listRuns(door.context, batch) };
  },

  async checkName({ door, customer, query }) {
    return { status: 200, body: await checkName(door.context, customer, query) };
  },

  async suggestUser({ door, customer, query }) {
    return { status: 200, body: await suggestUser(door.context, customer, query) };
  },

  async getUserFacets({ door, customer, query }) {
    return { status: 200, body: await readFacets(door.context, customer.id, query.state) };
  },

  async listTakenNames({ door, customer, body }) {
    return { status: 200, body: await listTakenNames(door.context, customer.id, body.select) };
  },

  async summariseSelection({ door, customer, body }) {
    return { status: 200, body: await summariseSelection(door.context, customer.id, body.select) };
  },

  async listActivity({ door, customer, params, query }) {
    const user = await getUser(door.context, customer.id, params.userId);
    if (user === null) throw missing();
    return { status: 200, body: await listActivity(door.context, user, query) };
  },
};

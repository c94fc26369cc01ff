import { quoteValue } from "../../../contract/codes.ts";
import type { Customer } from "../../../contract/customer.ts";
import type { NameCheck } from "../../../contract/name-check.ts";
import type { CoreContext } from "../../context.ts";
import { restorableSince } from "../../batches/plan/plan-batch.ts";
import { readUpn } from "../../../files/rows/read-upn.ts";

type Holder = {
  userId: string;
  customerId: string;
  displayName: string;
  userPrincipalName: string;
  deletedAt: Date | null;
};

const dayMs = 86_400_000;

/**
 * Tells whether a new user of the customer may have the username, or the user `userId`, to whom the names of deleted
 * users are free. Who has it is told of the customer's own users alone.
 */
export async function checkName(
  context: CoreContext,
  { id: customerId, domains }: Customer,
  asked: { userPrincipalName: string; userId?: string | undefined },
): Promise<NameCheck> {
  const read = readUpn(asked.userPrincipalName, {
    domains: new Set(domains.map(({ name }) => name)),
    defaultDomain: domains.find(({ isDefault }) => isDefault)?.name ?? "",
    domain: null,
  });
  if (!("upn" in read)) {
    const message = `${read.said[0]?.toUpperCase()}${read.said.slice(1)}`;
    return { userPrincipalName: asked.userPrincipalName, free: false, code: read.code, message, holder: null };
  }
  const { upn: userPrincipalName } = read;
  const holder = await findHolder(context, customerId, userPrincipalName, asked.userId ?? null);
  if (holder === undefined) return { userPrincipalName, free: true, code: null, message: null, holder: null };
  const { customerId: place, deletedAt, ...user } = holder;
  const own = place === customerId;
  const code = deletedAt === null ? "upn_taken" : "deleted_user_exists";
  return {
    userPrincipalName,
    free: false,
    code,
    message: sentence(quoteValue(userPrincipalName), holder, own),
    holder: own
      ? {
          ...user,
          state: deletedAt === null ? "active" : "inactive",
          deletedAt: deletedAt?.toISOString() ?? null,
          daysLeft: deletedAt === null ? null : daysLeft(context, deletedAt),
        }
      : null,
  };
}

function sentence(name: string, { displayName, deletedAt }: Holder, own: boolean): string {
  if (!own) return `${name} belongs to a user of another customer. Choose another name.`;
  if (deletedAt === null) return `${name} belongs to ${quoteValue(displayName)}. Choose another name.`;
  const day = deletedAt.toISOString().slice(0, 10);
  return `${name} belonged to ${quoteValue(displayName)}, who was deleted on ${day} (UTC). Restore that user, or create a new one.`;
}

function daysLeft(context: CoreContext, deletedAt: Date): number {
  return Math.max(0, Math.ceil((deletedAt.getTime() - restorableSince(context).getTime()) / dayMs));
}

async function findHolder(
  context: CoreContext,
  customerId: string,
  upn: string,
  userId: string | null,
): Promise<Holder | undefined> {
  const { sql } = context.db;
  const fields = sql`users.id as "userId", users.customer_id as "customerId", users.display_name as "displayName",
    users.user_principal_name as "userPrincipalName", users.deleted_at as "deletedAt"`;
  // Two arms, each with an index of its own.
  const [holder] = await sql<Holder[]>`
    select * from (
      select ${fields} from users where lower(user_principal_name) = lower(${upn}) and deleted_at is null
      union all
      select ${fields} from users
      where lower(user_principal_name) = lower(${upn}) and deleted_at > ${restorableSince(context)}
        and customer_id = ${customerId} and ${userId}::uuid is null
    ) holder
    where "userId" is distinct from ${userId}::uuid
    order by "deletedAt" desc nulls first limit 1`;
  return holder;
}

import { blockRows } from "../../files/table/block-rows.ts";
import type { Sql } from "../../db/sql.ts";
import type { CoreContext } from "../context.ts";
import { rowOwner, userOwner, webhookOwner } from "./secrets.ts";

/** What was sealed under another key than that of now: `resealed` opened and was sealed anew, `lost` opens under none. */
export type Resealed = { resealed: number; lost: number };

type Context = Pick<CoreContext, "db" | "secrets">;

type Sealed = { sealed: Buffer; owner: string };

/** A row with the seal that it had and the one that it is to have, in hex. */
type Anew<Row> = Row & { before: string; after: string };

/** Rows with seals under another key, in blocks by their own order, and what puts new seals into them. */
type Place<Row> = {
  blockBehind(last: Row | undefined): Promise<(Row & Sealed)[]>;
  replace(made: readonly Anew<Row>[]): Promise<unknown>;
};

/**
 * Seals anew, in blocks of 1,000, every temporary password, every password of a row and every secret of a webhook that is sealed under another key than
 * that of now, and counts them. Safe to break off at any moment, and in several processes at once: a seal is replaced only
 * where it still is the one that was opened, and what somebody else holds is left to the next time.
 * @throws AbortError once `signal` says so
 */
export async function resealPasswords(context: Context, signal?: AbortSignal): Promise<Resealed> {
  const total = { resealed: 0, lost: 0 };
  const reseal = async <Row>(place: Place<Row>) => {
    const { resealed, lost } = await resealPlace(context, place, signal);
    total.resealed += resealed;
    total.lost += lost;
  };
  await reseal(secretsOfWebhooks(context));
  await reseal(passwordsOfUsers(context));
  const batches = await context.db.sql<{ id: string }[]>`
    select id from batches where sealed_column is not null order by id`;
  for (const { id } of batches) await reseal(passwordsOfRows(context, id));
  return total;
}

async function resealPlace<Row>(context: Context, place: Place<Row>, signal?: AbortSignal): Promise<Resealed> {
  const total = { resealed: 0, lost: 0 };
  let last: Row | undefined;
  do {
    signal?.throwIfAborted();
    const block = await place.blockBehind(last);
    last = block.at(-1);
    const made = sealAnew(context, block);
    if (made.length > 0) await place.replace(made);
    total.resealed += made.length;
    total.lost += block.length - made.length;
  } while (last !== undefined);
  return total;
}

function secretsOfWebhooks({ db: { sql }, secrets }: Context): Place<{ webhookId: string }> {
  return {
    async blockBehind(last) {
      const rows = await sql<{ webhookId: string; sealed: Buffer }[]>`
        select id as "webhookId", sealed from webhooks
        where id > ${last?.webhookId ?? firstId}::uuid and substr(sealed, 1, 4) <> decode(${secrets.keyId}, 'hex')
        order by id limit ${blockRows}`;
      return rows.map(({ webhookId, sealed }) => ({ webhookId, sealed, owner: webhookOwner(webhookId) }));
    },
    replace(made) {
      const ids = made.map(({ webhookId }) => webhookId);
      return sql`
        update webhooks set sealed = ${madeAt(sql, afters(made), sql`array_position(${ids}::uuid[], id)`)}
        where id = any(${ids}::uuid[])
          and sealed = ${madeAt(sql, befores(made), sql`array_position(${ids}::uuid[], id)`)}`;
    },
  };
}

function passwordsOfUsers({ db: { sql }, secrets }: Context): Place<{ userId: string }> {
  return {
    async blockBehind(last) {
      const rows = await sql<{ userId: string; customerId: string; sealed: Buffer }[]>`
        select user_id as "userId", customer_id as "customerId", sealed from temporary_passwords
        where user_id > ${last?.userId ?? firstId}::uuid and substr(sealed, 1, 4) <> decode(${secrets.keyId}, 'hex')
        order by user_id limit ${blockRows}`;
      return rows.map(({ userId, customerId, sealed }) => ({ userId, sealed, owner: userOwner(customerId, userId) }));
    },
    replace(made) {
      const ids = made.map(({ userId }) => userId);
      return sql`
        with held as materialized (
          select user_id from temporary_passwords where user_id = any(${ids}::uuid[])
          order by user_id for update skip locked
        )
        update temporary_passwords set sealed = ${madeAt(sql, afters(made), sql`array_position(${ids}::uuid[], user_id)`)}
        where user_id = any(array(select user_id from held))
          and sealed = ${madeAt(sql, befores(made), sql`array_position(${ids}::uuid[], user_id)`)}`;
    },
  };
}

function passwordsOfRows({ db: { sql }, secrets }: Context, batchId: string): Place<{ rowNo: number }> {
  return {
    async blockBehind(last) {
      const rows = await sql<{ rowNo: number; sealed: Buffer }[]>`
        select row_no as "rowNo", sealed from rows
        where batch_id = ${batchId} and row_no > ${last?.rowNo ?? -1}
          and substr(sealed, 1, 4) <> decode(${secrets.keyId}, 'hex')
        order by row_no limit ${blockRows}`;
      return rows.map(({ rowNo, sealed }) => ({ rowNo, sealed, owner: rowOwner(batchId, rowNo) }));
    },
    replace(made) {
      const nos = made.map(({ rowNo }) => rowNo);
      return sql`
        with held as materialized (
          select row_no from rows where batch_id = ${batchId} and row_no = any(${nos}::int[])
          order by row_no for update skip locked
        )
        update rows set sealed = ${madeAt(sql, afters(made), sql`array_position(${nos}::int[], row_no)`)}
        where batch_id = ${batchId} and row_no = any(array(select row_no from held))
          and sealed = ${madeAt(sql, befores(made), sql`array_position(${nos}::int[], row_no)`)}`;
    },
  };
}

/**
 * The bytes of `texts`, in hex, at `place`. A join with them would be planned without statistics of a new batch, for one row,
 * and cost a thousand times a thousand comparisons.
 */
function madeAt(sql: Sql, texts: readonly string[], place: ReturnType<Sql["unsafe"]>) {
  return sql`decode((${texts}::text[])[${place}], 'hex')`;
}

const firstId = "00000000-0000-0000-0000-000000000000";
const befores = (made: readonly { before: string }[]) => made.map(({ before }) => before);
const afters = (made: readonly { after: string }[]) => made.map(({ after }) => after);

/** Seals anew what opens of `block`. */
function sealAnew<Row extends Sealed>({ secrets }: Context, block: readonly Row[]): Anew<Row>[] {
  const opened = block.flatMap((row) => {
    const text = openOrNull({ secrets }, row);
    return text === null ? [] : [{ row, text }];
  });
  const seals = secrets.sealAll(
    opened.map(({ text }) => text),
    opened.map(({ row }) => row.owner),
  );
  return opened.map(({ row }, at) => ({
    ...row,
    before: row.sealed.toString("hex"),
    after: seals[at]!.toString("hex"),
  }));
}

function openOrNull({ secrets }: Pick<Context, "secrets">, { sealed, owner }: Sealed): string | null {
  try {
    return secrets.open(sealed, owner);
  } catch {
    return null;
  }
}

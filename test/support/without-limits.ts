import { asAdmin } from "./as-admin.ts";

/** Has no plan in the database at `url` need a second agent; over the api one agent alone cannot loosen limits. */
export async function withoutLimits(url: string): Promise<void> {
  await asAdmin(
    url,
    `insert into installation values ('brakes', '{"users":null,"percent":null,"admins":false}')
     on conflict (name) do update set value = excluded.value`,
  );
}

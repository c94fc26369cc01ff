CREATE INDEX "users_blocked" ON "users" USING btree ("customer_id",display_name collate "und-x-icu","id") WHERE deleted_at is null and not account_enabled;--> statement-breakpoint
CREATE INDEX "users_without_location" ON "users" USING btree ("customer_id") WHERE deleted_at is null and usage_location is null;--> statement-breakpoint
-- How many users a department has, written in any case: without it Postgres takes each for one user in 200, and looks
-- through a million by name for the two of a small one.
CREATE STATISTICS "users_department" ON (coalesce(lower("department" collate "und-x-icu"), '')) FROM "users";

DROP INDEX "users_by_name";--> statement-breakpoint
DROP INDEX "users_by_department";--> statement-breakpoint
DROP INDEX "users_by_job_title";--> statement-breakpoint
DROP INDEX "users_by_location";--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("customer_id",display_name collate "und-x-icu","id") WHERE deleted_at is null and customer_id is not null;--> statement-breakpoint
CREATE INDEX "users_by_department" ON "users" USING btree ("customer_id",coalesce(lower(department collate "und-x-icu"), ''),"id") WHERE deleted_at is null and customer_id is not null;--> statement-breakpoint
CREATE INDEX "users_by_job_title" ON "users" USING btree ("customer_id",coalesce(lower(job_title collate "und-x-icu"), ''),"id") WHERE deleted_at is null and customer_id is not null;--> statement-breakpoint
CREATE INDEX "users_by_location" ON "users" USING btree ("customer_id",coalesce(lower(usage_location collate "und-x-icu"), ''),"id") WHERE deleted_at is null and customer_id is not null;
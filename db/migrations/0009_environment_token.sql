UPDATE "batches" SET "actor_name" = 'Environment token' WHERE "actor_name" = 'token:environment';--> statement-breakpoint
UPDATE "grants" SET "created_by" = 'Environment token' WHERE "created_by" = 'token:environment';--> statement-breakpoint
UPDATE "mappings" SET "changed_by" = 'Environment token' WHERE "changed_by" = 'token:environment';

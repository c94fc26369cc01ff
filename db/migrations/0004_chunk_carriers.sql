ALTER TABLE "chunks" ADD COLUMN "carrier" jsonb;--> statement-breakpoint
UPDATE "chunks" SET "carrier" = jsonb_build_object('id', "actor_id", 'name', "actor_name", 'authority', "authority")
FROM "batches" WHERE "batches"."id" = "batch_id" AND "chunks"."state" <> 'planned';--> statement-breakpoint
ALTER TABLE "batches" DROP COLUMN "authority";

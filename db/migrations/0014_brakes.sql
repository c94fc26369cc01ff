ALTER TABLE "batches" ADD COLUMN "hits" jsonb DEFAULT '{"users":0,"admins":0,"of":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "approval" jsonb;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "brakes" jsonb;
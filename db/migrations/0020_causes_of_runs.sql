ALTER TABLE "batches" ADD COLUMN "resumed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "chunk_runs" ADD COLUMN "causes" jsonb DEFAULT '{}'::jsonb NOT NULL;
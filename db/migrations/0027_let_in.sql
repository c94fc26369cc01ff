ALTER TABLE "agents" ADD COLUMN "let_in_by" uuid;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "let_in_at" timestamp with time zone;
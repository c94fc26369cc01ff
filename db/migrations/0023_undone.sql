ALTER TABLE "rows" RENAME COLUMN "picture" TO "undone";--> statement-breakpoint
ALTER TABLE "rows" ALTER COLUMN "undone" DROP NOT NULL;

ALTER TABLE "batches" ADD COLUMN "undoes" uuid;--> statement-breakpoint
CREATE INDEX "batches_undoes" ON "batches" USING btree ("undoes") WHERE undoes is not null;
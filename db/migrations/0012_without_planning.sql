DROP INDEX "batches_live";--> statement-breakpoint
CREATE INDEX "batches_live" ON "batches" USING btree ("state") WHERE state in ('staging', 'scheduled', 'running');
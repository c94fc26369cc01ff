-- The audit is written once: no session of ours, and no slip of a query, changes or removes a record.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "audit"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Chunks rewrite their rows once: room in the page keeps those updates from touching the indexes.
ALTER TABLE "row_results" SET (fillfactor = 50);
--> statement-breakpoint
-- Without statistics of the batch a row belongs to, Postgres guesses a share of the table. With them it takes each batch
-- that came after the last ANALYZE for one of a single row, and joins two parts of it by looking at all for each.
ALTER TABLE "rows" ALTER COLUMN "batch_id" SET STATISTICS 0;
--> statement-breakpoint
ALTER TABLE "row_results" ALTER COLUMN "batch_id" SET STATISTICS 0;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE INDEX "user_names_trigrams" ON "user_names" USING gin ("names" gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX "row_names_trigrams" ON "row_names" USING gin ("names" gin_trgm_ops);
--> statement-breakpoint
-- A batch that ends, whoever ends it, and each time that it does, brings its names into the search.
CREATE FUNCTION note_names_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "names_due" ("batch_id") VALUES (NEW.id)
  ON CONFLICT ("batch_id") DO UPDATE SET "row_no" = 0;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER batches_names_due AFTER UPDATE OF "finished_at" ON "batches"
  FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL AND NEW.finished_at IS DISTINCT FROM OLD.finished_at)
  EXECUTE FUNCTION note_names_due();

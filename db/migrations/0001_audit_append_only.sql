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

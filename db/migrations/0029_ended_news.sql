-- A batch that ends with cancelled rows was not done, as a file with such rows is not. A file that was started has ended as well
-- where all its batches are cancelled midway, and where an edit makes the last rows of its last plan fail.
CREATE OR REPLACE FUNCTION note_bundle_news(batch batches) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  bundle bundles;
  -- Nobody can start a plan of which no row is left to carry out.
  has_ended boolean := batch.state IN ('finished', 'cancelled')
    OR batch.state = 'ready' AND NOT EXISTS (SELECT FROM chunks WHERE batch_id = batch.id AND chunks.pending > 0);
  what text := CASE WHEN has_ended THEN 'ended' ELSE batch.state END;
  mark text := concat(batch.bundle_id, ':', what);
  about jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM webhooks WHERE enabled AND customer_id IS NULL) THEN
    RETURN;
  END IF;
  -- Batches that move in one transaction are as they will be by now: the first of them tells of all.
  IF strpos(current_setting('muster.told', true), mark) > 0 THEN
    RETURN;
  END IF;
  -- Of several transactions that end the last batches at once, the later one sees what the earlier one did.
  SELECT * INTO bundle FROM bundles WHERE id = batch.bundle_id FOR NO KEY UPDATE;
  IF (SELECT state FROM batches WHERE id = batch.id) <> batch.state THEN
    RETURN;
  END IF;
  -- A batch of which a retry awaits approval has ended before.
  IF has_ended AND (
    EXISTS (
      SELECT FROM batches WHERE bundle_id = bundle.id
        AND state NOT IN ('finished', 'cancelled', 'rejected') AND NOT (state = 'awaiting_approval' AND finished_at IS NOT NULL)
        AND NOT (state = 'ready' AND NOT EXISTS (SELECT FROM chunks WHERE batch_id = batches.id AND chunks.pending > 0)))
    OR NOT EXISTS (SELECT FROM batches WHERE bundle_id = bundle.id AND started_at IS NOT NULL)
  ) THEN
    RETURN;
  END IF;
  PERFORM set_config('muster.told', concat_ws(' ', current_setting('muster.told', true), mark), true);
  WITH parts AS (
    SELECT batches.id, no, customer_id, state, stopped_code, counts.*
    FROM batches CROSS JOIN LATERAL (
      SELECT coalesce(sum(chunks.pending), 0) AS pending, coalesce(sum(succeeded), 0) AS succeeded,
        coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(partial), 0) AS partial,
        coalesce(sum(failed), 0) AS failed, coalesce(sum(cancelled), 0) AS cancelled
      FROM chunks WHERE batch_id = batches.id
    ) counts
    WHERE bundle_id = bundle.id
  ), hindered AS (
    SELECT * FROM parts WHERE CASE
      WHEN has_ended THEN failed + partial + cancelled > 0
      ELSE state = batch.state AND (state <> 'ready' OR pending > 0)
    END
  )
  SELECT jsonb_build_object(
    'bundleId', bundle.id, 'bundleNo', bundle.no, 'operation', bundle.operation,
    'code', CASE WHEN NOT has_ended THEN batch.stopped_code END,
    'batches', (SELECT jsonb_object_agg(state, amount) FROM (SELECT state, count(*) AS amount FROM parts GROUP BY state) states),
    'rows', (
      SELECT jsonb_build_object('pending', sum(pending), 'succeeded', sum(succeeded), 'unchanged', sum(unchanged),
        'partial', sum(partial), 'failed', sum(failed), 'cancelled', sum(cancelled)) FROM parts),
    'refused', bundle.refused,
    'needAttention', (SELECT count(*) FROM hindered),
    'attention', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'batchId', id, 'batchNo', no, 'customerId', customer_id, 'state', state, 'code', stopped_code,
        'rows', jsonb_build_object('pending', pending, 'succeeded', succeeded, 'unchanged', unchanged,
          'partial', partial, 'failed', failed, 'cancelled', cancelled)) ORDER BY no), '[]')
      FROM (SELECT * FROM hindered ORDER BY no LIMIT 100) first_ones)
  ) INTO about;
  IF has_ended THEN
    what := CASE
      WHEN bundle.refused > 0 OR about->>'needAttention' <> '0' THEN 'failed_in_part'
      ELSE 'finished'
    END;
  END IF;
  -- What follows joins a message that nobody has tried to send yet. Batches that one cause pauses do so within seconds, one by one.
  WITH wanting AS (
    SELECT id FROM webhooks WHERE enabled AND customer_id IS NULL AND 'batch.' || what = ANY (events)
  ), joined AS (
    UPDATE webhook_deliveries SET data = about, created_at = now()
    WHERE state = 'waiting' AND held_until IS NULL AND status IS NULL AND fault IS NULL
      AND event = 'bundle.' || what AND data->>'bundleId' = bundle.id::text AND webhook_id IN (SELECT id FROM wanting)
    RETURNING webhook_id
  )
  INSERT INTO webhook_deliveries (id, webhook_id, event, data, next_at)
  SELECT gen_random_uuid(), id, 'bundle.' || what, about,
    now() + CASE WHEN what = 'paused' THEN interval '5 seconds' ELSE interval '0' END
  FROM wanting WHERE id NOT IN (SELECT webhook_id FROM joined);
  PERFORM pg_notify('muster_webhook', '');
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_batch_news() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Who is told of all customers hears of a batch of a file by its file.
  alone uuid := CASE WHEN NEW.bundle_id IS NULL THEN NEW.customer_id END;
  news text;
  counts jsonb;
BEGIN
  -- A plan of which no row is left to carry out waits for nobody, and the end of its file came without it.
  IF NEW.bundle_id IS NOT NULL AND NOT (
    (NEW.state = 'ready' OR NEW.state = 'cancelled' AND OLD.state = 'ready')
    AND NOT EXISTS (SELECT FROM chunks WHERE batch_id = NEW.id AND pending + cancelled > 0)
  ) THEN
    PERFORM note_bundle_news(NEW);
  END IF;
  IF NOT EXISTS (SELECT FROM webhooks WHERE enabled AND coalesce(customer_id, alone) = NEW.customer_id) THEN
    RETURN NULL;
  END IF;
  IF NEW.state = 'cancelled' OR (SELECT state FROM batches WHERE id = NEW.id) <> NEW.state THEN
    RETURN NULL;
  END IF;
  SELECT jsonb_build_object(
    'pending', coalesce(sum(pending), 0), 'succeeded', coalesce(sum(succeeded), 0),
    'unchanged', coalesce(sum(unchanged), 0), 'partial', coalesce(sum(partial), 0),
    'failed', coalesce(sum(failed), 0), 'cancelled', coalesce(sum(cancelled), 0)
  ) INTO counts FROM chunks WHERE batch_id = NEW.id;
  news := CASE
    WHEN NEW.state <> 'finished' THEN 'batch.' || NEW.state
    WHEN (counts->>'failed')::int + (counts->>'partial')::int + (counts->>'cancelled')::int > 0 THEN 'batch.failed_in_part'
    ELSE 'batch.finished'
  END;
  INSERT INTO webhook_deliveries (id, webhook_id, event, data)
  SELECT gen_random_uuid(), webhooks.id, news, jsonb_build_object(
    'batchId', NEW.id, 'batchNo', NEW.no, 'customerId', NEW.customer_id, 'operation', NEW.operation,
    'state', NEW.state, 'code', NEW.stopped_code, 'rows', counts
  )
  FROM webhooks
  WHERE enabled AND coalesce(customer_id, alone) = NEW.customer_id AND news = ANY (events);
  IF FOUND THEN
    PERFORM pg_notify('muster_webhook', '');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION note_plan_without_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  batch batches;
BEGIN
  SELECT * INTO batch FROM batches WHERE id = NEW.batch_id AND bundle_id IS NOT NULL AND state = 'ready'
    AND NOT EXISTS (SELECT FROM chunks WHERE batch_id = batches.id AND pending > 0);
  IF FOUND THEN
    PERFORM note_bundle_news(batch);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER chunks_without_rows AFTER UPDATE OF "pending" ON "chunks"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'planned' AND OLD.pending > 0 AND NEW.pending = 0)
  EXECUTE FUNCTION note_plan_without_rows();

CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event" text NOT NULL,
	"data" jsonb,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"status" integer,
	"fault" text,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"held_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"customer_id" uuid,
	"events" text[] NOT NULL,
	"sealed" "bytea" NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_log" ON "webhook_deliveries" USING btree ("webhook_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_end" ON "webhook_deliveries" USING brin ("ended_at");
--> statement-breakpoint
-- A message for each webhook that wants to hear of a batch's new state, in the transaction that writes it. At its end, so
-- that of several states in one transaction only the last is told, with the rows as they then are.
CREATE FUNCTION note_batch_news() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  news text;
  counts jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM webhooks WHERE enabled AND coalesce(customer_id, NEW.customer_id) = NEW.customer_id) THEN
    RETURN NULL;
  END IF;
  IF (SELECT state FROM batches WHERE id = NEW.id) <> NEW.state THEN
    RETURN NULL;
  END IF;
  SELECT jsonb_build_object(
    'pending', coalesce(sum(pending), 0), 'succeeded', coalesce(sum(succeeded), 0),
    'unchanged', coalesce(sum(unchanged), 0), 'partial', coalesce(sum(partial), 0),
    'failed', coalesce(sum(failed), 0), 'cancelled', coalesce(sum(cancelled), 0)
  ) INTO counts FROM chunks WHERE batch_id = NEW.id;
  news := CASE
    WHEN NEW.state <> 'finished' THEN 'batch.' || NEW.state
    WHEN (counts->>'failed')::int + (counts->>'partial')::int > 0 THEN 'batch.failed_in_part'
    ELSE 'batch.finished'
  END;
  INSERT INTO webhook_deliveries (id, webhook_id, event, data)
  SELECT gen_random_uuid(), webhooks.id, news, jsonb_build_object(
    'batchId', NEW.id, 'batchNo', NEW.no, 'customerId', NEW.customer_id, 'operation', NEW.operation,
    'state', NEW.state, 'code', NEW.stopped_code, 'rows', counts
  )
  FROM webhooks
  WHERE enabled AND coalesce(customer_id, NEW.customer_id) = NEW.customer_id AND news = ANY (events);
  IF FOUND THEN
    PERFORM pg_notify('muster_webhook', '');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER batches_news AFTER INSERT OR UPDATE OF "state" ON "batches"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IN ('ready', 'awaiting_approval', 'paused', 'finished'))
  EXECUTE FUNCTION note_batch_news();

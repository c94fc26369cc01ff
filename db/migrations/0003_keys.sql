ALTER TABLE "idempotency_keys" ADD COLUMN "claim" uuid;--> statement-breakpoint
ALTER TABLE "api_keys" RENAME COLUMN "reference_id" TO "agent_id";--> statement-breakpoint
ALTER TABLE "api_keys" RENAME COLUMN "key" TO "hash";--> statement-breakpoint
ALTER TABLE "api_keys" RENAME COLUMN "last_request" TO "last_used_at";--> statement-breakpoint
ALTER TABLE "api_keys" RENAME CONSTRAINT "api_keys_key_unique" TO "api_keys_hash_unique";--> statement-breakpoint
ALTER TABLE "api_keys" RENAME CONSTRAINT "api_keys_reference_id_agents_id_fk" TO "api_keys_agent_id_agents_id_fk";--> statement-breakpoint
DELETE FROM "api_keys" WHERE NOT "enabled";--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "authority" jsonb;--> statement-breakpoint
UPDATE "api_keys" SET
  "name" = coalesce("name", ''),
  "start" = coalesce("start", ''),
  -- Keys that had no end get the longest life that there is.
  "expires_at" = least("expires_at", "created_at" + interval '730 days'),
  "authority" = (
    SELECT jsonb_strip_nulls(jsonb_build_object(
      'partnerRole', narrowed -> 'partnerRole' -> 0, 'roles', narrowed -> 'roles', 'customerIds', narrowed -> 'customerIds'))
    FROM (VALUES ("permissions"::jsonb)) AS given (narrowed) WHERE narrowed IS NOT NULL
  );--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "start" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "expires_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "created_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "config_id";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "prefix";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "refill_interval";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "refill_amount";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "last_refill_at";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "enabled";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "rate_limit_enabled";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "rate_limit_time_window";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "rate_limit_max";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "request_count";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "remaining";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "permissions";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "metadata";--> statement-breakpoint
ALTER TABLE "api_keys" DROP COLUMN "updated_at";--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_length" CHECK (expires_at <= created_at + interval '731 days');

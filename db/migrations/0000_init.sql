CREATE TABLE "agent_group_members" (
	"group_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	CONSTRAINT "agent_group_members_agent_id_group_id_pk" PRIMARY KEY("agent_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "agent_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_groups_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"agent_id" uuid,
	"group_id" uuid,
	"role" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "grants_once" UNIQUE NULLS NOT DISTINCT("customer_id","role","agent_id","group_id"),
	CONSTRAINT "grants_one_holder" CHECK (num_nonnulls(agent_id, group_id) = 1),
	CONSTRAINT "grants_length" CHECK (ends_at <= created_at + interval '731 days')
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "batches_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"source" text NOT NULL,
	"file_name" text,
	"file_hash" text,
	"encoding" text,
	"delimiter" text,
	"header" text[] DEFAULT '{}' NOT NULL,
	"columns" text[] DEFAULT '{}' NOT NULL,
	"headerless" boolean DEFAULT false NOT NULL,
	"shift" integer DEFAULT 0 NOT NULL,
	"added_columns" integer DEFAULT 0 NOT NULL,
	"sealed_column" integer,
	"options" jsonb NOT NULL,
	"remembered" jsonb,
	"notes" text[] DEFAULT '{}' NOT NULL,
	"file_notes" text[] DEFAULT '{}' NOT NULL,
	"state" text NOT NULL,
	"stopped_code" text,
	"stopped_message" text,
	"plan_version" integer DEFAULT 0 NOT NULL,
	"plan" jsonb NOT NULL,
	"seats" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"authority" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"start_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"paused_ms" bigint DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "chunks" (
	"batch_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"row_from" integer NOT NULL,
	"row_to" integer NOT NULL,
	"state" text NOT NULL,
	"run" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp with time zone,
	"pending" integer NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"partial" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "chunks_batch_id_no_pk" PRIMARY KEY("batch_id","no")
);
--> statement-breakpoint
CREATE TABLE "row_results" (
	"batch_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"plan" text NOT NULL,
	"state" text NOT NULL,
	"step" text,
	"code" text,
	"field" text,
	"message" text,
	"user_id" uuid,
	"user_version" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "row_results_batch_id_row_no_pk" PRIMARY KEY("batch_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "rows" (
	"batch_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"cells" text[] NOT NULL,
	"sealed" "bytea",
	"user_principal_name" text,
	"display_name" text,
	"given_name" text,
	"surname" text,
	"job_title" text,
	"department" text,
	"company_name" text,
	"office_location" text,
	"street_address" text,
	"city" text,
	"state_or_province" text,
	"postal_code" text,
	"country" text,
	"usage_location" text,
	"business_phone" text,
	"mobile_phone" text,
	"fax_number" text,
	"mail_nickname" text,
	"other_mail" text,
	"account_enabled" boolean,
	"roles" text[],
	"sku_ids" uuid[] NOT NULL,
	"plans" jsonb,
	"picture" json NOT NULL,
	"object_id" uuid,
	"new_name" text,
	"removed_sku_ids" uuid[],
	"cleared" text[],
	"built" text,
	"code" text,
	"field" text,
	"message" text,
	CONSTRAINT "rows_batch_id_row_no_pk" PRIMARY KEY("batch_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "catalog_plans" (
	"sku_id" uuid NOT NULL,
	"service_plan_id" uuid NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "catalog_plans_sku_id_service_plan_id_pk" PRIMARY KEY("sku_id","service_plan_id")
);
--> statement-breakpoint
CREATE TABLE "catalog_products" (
	"sku_id" uuid PRIMARY KEY NOT NULL,
	"sku_part_number" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "domains" (
	"name" text PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"customer_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"sku_part_number" text NOT NULL,
	"name" text NOT NULL,
	"total" integer NOT NULL,
	"warning" integer DEFAULT 0 NOT NULL,
	"suspended" integer DEFAULT 0 NOT NULL,
	"consumed" integer DEFAULT 0 NOT NULL,
	"publisher_address" text,
	CONSTRAINT "products_customer_id_sku_id_pk" PRIMARY KEY("customer_id","sku_id"),
	CONSTRAINT "products_seats" CHECK (warning between 0 and total and suspended >= 0),
	CONSTRAINT "products_not_oversold" CHECK (consumed >= 0 and consumed <= total)
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "password_links_userId_unique" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "user_passwords" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"customer_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "mappings_customer_id_fingerprint_pk" PRIMARY KEY("customer_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"customer_id" uuid,
	"operation" text NOT NULL,
	"status" text NOT NULL,
	"batch_id" uuid,
	"row_no" integer,
	"user_id" uuid,
	"before" json,
	"after" json,
	CONSTRAINT "audit_at_id_pk" PRIMARY KEY("at","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"result_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_caller_route_key_pk" PRIMARY KEY("caller","route","key")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slots" integer NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_counts" (
	"key" text NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "request_counts_key_opens_at_pk" PRIMARY KEY("key","opens_at")
);
--> statement-breakpoint
CREATE TABLE "names_due" (
	"batch_id" uuid PRIMARY KEY NOT NULL,
	"row_no" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "row_names" (
	"batch_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"customer_id" uuid NOT NULL,
	"names" text NOT NULL,
	CONSTRAINT "row_names_batch_id_row_no_pk" PRIMARY KEY("batch_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "user_names" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"names" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"partner_role" text DEFAULT 'salesAgent' NOT NULL,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agents_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"reference_id" uuid NOT NULL,
	"name" text,
	"start" text,
	"prefix" text,
	"key" text NOT NULL,
	"refill_interval" integer,
	"refill_amount" integer,
	"last_refill_at" timestamp with time zone,
	"enabled" boolean DEFAULT true NOT NULL,
	"rate_limit_enabled" boolean DEFAULT false NOT NULL,
	"rate_limit_time_window" integer,
	"rate_limit_max" integer,
	"request_count" integer DEFAULT 0 NOT NULL,
	"remaining" integer,
	"last_request" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"permissions" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "two_factors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"user_id" uuid NOT NULL,
	"verified" boolean DEFAULT true NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "former_licenses" (
	"user_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"disabled_plans" text[] NOT NULL,
	CONSTRAINT "former_licenses_user_id_sku_id_pk" PRIMARY KEY("user_id","sku_id")
);
--> statement-breakpoint
CREATE TABLE "license_assignments" (
	"user_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"disabled_plans" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "license_assignments_user_id_sku_id_pk" PRIMARY KEY("user_id","sku_id")
);
--> statement-breakpoint
CREATE TABLE "role_assignments" (
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "role_assignments_user_id_role_pk" PRIMARY KEY("user_id","role")
);
--> statement-breakpoint
CREATE TABLE "temporary_passwords" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"user_principal_name" text NOT NULL,
	"display_name" text NOT NULL,
	"given_name" text,
	"surname" text,
	"job_title" text,
	"department" text,
	"company_name" text,
	"office_location" text,
	"street_address" text,
	"city" text,
	"state_or_province" text,
	"postal_code" text,
	"country" text,
	"usage_location" text,
	"business_phone" text,
	"mobile_phone" text,
	"fax_number" text,
	"mail_nickname" text,
	"other_mail" text,
	"account_enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "agent_group_members" ADD CONSTRAINT "agent_group_members_group_id_agent_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."agent_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_group_members" ADD CONSTRAINT "agent_group_members_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_group_id_agent_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."agent_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_plans" ADD CONSTRAINT "catalog_plans_sku_id_catalog_products_sku_id_fk" FOREIGN KEY ("sku_id") REFERENCES "public"."catalog_products"("sku_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_passwords" ADD CONSTRAINT "user_passwords_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_names" ADD CONSTRAINT "user_names_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_agents_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_reference_id_agents_id_fk" FOREIGN KEY ("reference_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_agents_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_agents_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_group_members_group" ON "agent_group_members" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "grants_agent" ON "grants" USING btree ("agent_id","customer_id");--> statement-breakpoint
CREATE INDEX "grants_group" ON "grants" USING btree ("group_id","customer_id");--> statement-breakpoint
CREATE INDEX "grants_end" ON "grants" USING btree ("ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "batches_no" ON "batches" USING btree ("no");--> statement-breakpoint
CREATE INDEX "batches_customer" ON "batches" USING btree ("customer_id","no");--> statement-breakpoint
CREATE INDEX "batches_file" ON "batches" USING btree ("customer_id","file_hash") WHERE file_hash is not null;--> statement-breakpoint
CREATE INDEX "batches_live" ON "batches" USING btree ("state") WHERE state in ('staging', 'planning', 'scheduled', 'running');--> statement-breakpoint
CREATE INDEX "chunks_live" ON "chunks" USING btree ("batch_id","state","no") WHERE state in ('ready', 'queued');--> statement-breakpoint
CREATE INDEX "row_results_causes" ON "row_results" USING btree ("batch_id","code","row_no") WHERE code is not null;--> statement-breakpoint
CREATE INDEX "domains_customer" ON "domains" USING btree ("customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "domains_one_default" ON "domains" USING btree ("customer_id") WHERE is_default;--> statement-breakpoint
CREATE INDEX "password_links_expiry" ON "password_links" USING brin ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_customer" ON "audit" USING btree ("customer_id","at");--> statement-breakpoint
CREATE INDEX "audit_user" ON "audit" USING btree ("user_id","at") WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX "audit_runs" ON "audit" USING brin ("batch_id","actor_id" text_bloom_ops,"operation" text_bloom_ops) WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
CREATE INDEX "request_counts_age" ON "request_counts" USING btree ("opens_at");--> statement-breakpoint
CREATE INDEX "names_due_order" ON "names_due" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "api_keys_agent" ON "api_keys" USING btree ("reference_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "two_factors_user" ON "two_factors" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "temporary_passwords_expiry" ON "temporary_passwords" USING brin ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_active_upn" ON "users" USING btree (lower(user_principal_name)) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "users_deleted_upn" ON "users" USING btree (lower(user_principal_name)) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("customer_id",display_name collate "und-x-icu","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "users_by_deletion" ON "users" USING btree ("customer_id","deleted_at","id") WHERE deleted_at is not null;
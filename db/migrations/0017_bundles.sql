CREATE TABLE "bundles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "bundles_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"operation" text NOT NULL,
	"file_name" text,
	"header" text[] NOT NULL,
	"columns" text[] NOT NULL,
	"options" jsonb NOT NULL,
	"notes" text[] NOT NULL,
	"rows" integer NOT NULL,
	"refused" integer NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refused_rows" (
	"bundle_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"cells" text[] NOT NULL,
	"code" text NOT NULL,
	"field" text,
	"message" text NOT NULL,
	CONSTRAINT "refused_rows_bundle_id_row_no_pk" PRIMARY KEY("bundle_id","row_no")
);
--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "bundle_id" uuid;--> statement-breakpoint
ALTER TABLE "refused_rows" ADD CONSTRAINT "refused_rows_bundle_id_bundles_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."bundles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bundles_no" ON "bundles" USING btree ("no");--> statement-breakpoint
CREATE INDEX "bundles_made" ON "bundles" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_bundle_id_bundles_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."bundles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batches_bundle" ON "batches" USING btree ("bundle_id","no") WHERE bundle_id is not null;
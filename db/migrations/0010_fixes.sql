CREATE TABLE "fixed_cells" (
	"fix_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	CONSTRAINT "fixed_cells_fix_id_row_no_pk" PRIMARY KEY("fix_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "fixes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"batch_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"label" text NOT NULL,
	"rows" integer NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	"kept" integer
);
--> statement-breakpoint
ALTER TABLE "fixes" ADD CONSTRAINT "fixes_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fixes_batch" ON "fixes" USING btree ("batch_id","created_at");
CREATE TABLE "chunk_runs" (
	"batch_id" uuid NOT NULL,
	"chunk_no" integer NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"succeeded" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"partial" integer NOT NULL,
	"failed" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "chunk_runs_batch" ON "chunk_runs" USING btree ("batch_id","ended_at");--> statement-breakpoint
CREATE INDEX "chunk_runs_time" ON "chunk_runs" USING brin ("ended_at");
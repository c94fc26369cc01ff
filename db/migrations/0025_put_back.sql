-- A batch that comes back to its end because nobody approved the retry of it has ended before, and its end was told then.
DROP TRIGGER batches_news ON "batches";
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER batches_news AFTER INSERT ON "batches"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IN ('ready', 'awaiting_approval', 'paused', 'finished'))
  EXECUTE FUNCTION note_batch_news();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER batches_news_of_moves AFTER UPDATE OF "state" ON "batches"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IN ('ready', 'awaiting_approval', 'paused')
    OR NEW.state = 'finished' AND OLD.state <> 'awaiting_approval')
  EXECUTE FUNCTION note_batch_news();

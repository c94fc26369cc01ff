-- A row that has run is larger than its plan, by its user: in a page that was half full a quarter of them found no room.
ALTER TABLE "row_results" SET (fillfactor = 40);

-- Words in any script: trigrams need no word borders, which Burmese, Thai and Chinese do not write.
-- The text is folded (one spelling, one case) before it is kept here.
CREATE VIRTUAL TABLE search USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
INSERT INTO search (rowid, folded)
    SELECT id, fold(original) FROM statement WHERE original IS NOT NULL AND kind <> '#columns';

-- What replaced a statement follows from the order of statements about the same thing.
CREATE VIEW history AS
    SELECT s.*, lead(s.id) OVER (PARTITION BY kind, entity, property ORDER BY id) AS superseded_by
    FROM statement s;

-- What was done, and what it recorded. Nothing is ever changed or deleted: a correction is a new statement.
CREATE TABLE operation (
    id          INTEGER PRIMARY KEY,
    act         TEXT NOT NULL,             -- import, add, edit, cite, judge, merge, undo
    description TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,             -- as the program was told; RFC 3339, UTC
    undoes      INTEGER REFERENCES operation (id)
) STRICT;

CREATE TABLE statement (
    id         INTEGER PRIMARY KEY,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    kind       TEXT NOT NULL,              -- name of the table; '#columns' for the columns of one
    entity     TEXT NOT NULL,              -- name of the record
    property   TEXT NOT NULL,              -- the column
    value      TEXT,                       -- cleaned; NULL withdraws
    original   TEXT,                       -- as it was written; NULL withdraws
    lang       TEXT NOT NULL,              -- language of the value, where the record says it
    source     TEXT NOT NULL,              -- names of the sources, as the record gives them
    capture    TEXT                        -- SHA-256 of the capture that was read
) STRICT;

CREATE INDEX statement_of ON statement (kind, entity, property, id);
CREATE INDEX statement_by ON statement (operation);

-- The files that an import read.
CREATE TABLE file (
    operation INTEGER NOT NULL REFERENCES operation (id),
    name      TEXT NOT NULL,
    sha256    TEXT NOT NULL
) STRICT;

CREATE TRIGGER operation_stays BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'nothing is changed'); END;
CREATE TRIGGER operation_remains BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER statement_stays BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'nothing is changed'); END;
CREATE TRIGGER statement_remains BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER file_stays BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'nothing is changed'); END;
CREATE TRIGGER file_remains BEFORE DELETE ON file BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

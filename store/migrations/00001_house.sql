-- Times are microseconds of Unix time, UTC. JSON columns hold what SQL never
-- asks about.

-- +goose Up
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE books (
  id         TEXT PRIMARY KEY,
  title      TEXT NOT NULL,
  brief      TEXT NOT NULL, -- JSON
  state      TEXT NOT NULL,
  stage      TEXT NOT NULL,
  outputs    TEXT NOT NULL, -- JSON
  reason     TEXT NOT NULL,
  hint       TEXT NOT NULL,
  last_seq   BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL -- 0: not ended
);
CREATE INDEX books_by_age ON books (created_at, id);

CREATE TABLE chapters (
  book_id    TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  id         TEXT NOT NULL,
  ordinal    BIGINT NOT NULL,
  title      TEXT NOT NULL,
  state      TEXT NOT NULL,
  target     BIGINT NOT NULL,
  words      BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (book_id, id)
);

CREATE TABLE revisions (
  book_id    TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  artefact   TEXT NOT NULL,
  revision   BIGINT NOT NULL,
  body       TEXT NOT NULL, -- JSON
  inputs     TEXT NOT NULL, -- hash of what it was made from
  author     TEXT NOT NULL, -- provider and model, or a person
  call_key   TEXT NOT NULL, -- in calls, or empty
  created_at BIGINT NOT NULL,
  PRIMARY KEY (book_id, artefact, revision)
);

CREATE TABLE artefacts (
  book_id  TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  revision BIGINT NOT NULL, -- the current one
  PRIMARY KEY (book_id, name)
);

CREATE TABLE calls (
  call_key   TEXT PRIMARY KEY,
  book_id    TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  role       TEXT NOT NULL,
  artefact   TEXT NOT NULL,
  revision   BIGINT NOT NULL,
  attempt    BIGINT NOT NULL,
  provider   TEXT NOT NULL,
  model      TEXT NOT NULL,
  request_id TEXT NOT NULL,
  reply      TEXT NOT NULL,
  finish     TEXT NOT NULL,
  token_use  TEXT NOT NULL, -- JSON
  refused    TEXT NOT NULL, -- why, or empty
  created_at BIGINT NOT NULL
);
CREATE INDEX calls_by_book ON calls (book_id);

CREATE TABLE events (
  book_id TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  seq     BIGINT NOT NULL,
  kind    TEXT NOT NULL,
  data    TEXT NOT NULL, -- JSON
  at      BIGINT NOT NULL,
  PRIMARY KEY (book_id, seq)
);

CREATE TABLE leases (
  book_id TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  unit    TEXT NOT NULL,
  run_id  TEXT NOT NULL,
  beat_at BIGINT NOT NULL,
  PRIMARY KEY (book_id, unit)
);

CREATE TABLE editions (
  book_id    TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  format     TEXT NOT NULL,
  blob       TEXT NOT NULL,
  bytes      BIGINT NOT NULL,
  pages      BIGINT NOT NULL,
  words      BIGINT NOT NULL,
  warnings   TEXT NOT NULL, -- JSON
  created_at BIGINT NOT NULL,
  PRIMARY KEY (book_id, format)
);

-- +goose Down
DROP TABLE editions;
DROP TABLE leases;
DROP TABLE events;
DROP TABLE calls;
DROP TABLE artefacts;
DROP TABLE revisions;
DROP TABLE chapters;
DROP TABLE books;
DROP TABLE settings;

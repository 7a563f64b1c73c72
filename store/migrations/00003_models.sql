-- +goose Up
CREATE TABLE tries (
  book_id    TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  call_key   TEXT NOT NULL, -- as in calls, where the reply is, if one was kept
  role       TEXT NOT NULL,
  artefact   TEXT NOT NULL,
  revision   BIGINT NOT NULL,
  attempt    BIGINT NOT NULL,
  provider   TEXT NOT NULL,
  model      TEXT NOT NULL,
  request_id TEXT NOT NULL,
  outcome    TEXT NOT NULL, -- finish of the answer, or class of the fault
  token_use  TEXT NOT NULL, -- JSON
  estimated  BIGINT NOT NULL, -- 1: the provider did not say
  cost       BIGINT NOT NULL, -- millionths of a US dollar
  cost_known BIGINT NOT NULL, -- 0: cost is what is known of it
  began_at   BIGINT NOT NULL,
  first_us   BIGINT NOT NULL, -- until the first text; 0: none came
  took_us    BIGINT NOT NULL
);
CREATE INDEX tries_by_book ON tries (book_id, began_at);

-- Books from before there were providers are the built-in author's.
ALTER TABLE books ADD COLUMN terms TEXT NOT NULL DEFAULT '{"provider":"offline"}'; -- JSON

-- +goose Down
ALTER TABLE books DROP COLUMN terms;
DROP TABLE tries;

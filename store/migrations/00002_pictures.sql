-- +goose Up
CREATE TABLE pictures (
  book_id TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  path    TEXT NOT NULL, -- as the manuscript names it
  blob    TEXT NOT NULL,
  PRIMARY KEY (book_id, path)
);

-- +goose Down
DROP TABLE pictures;

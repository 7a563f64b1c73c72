-- +goose Up
ALTER TABLE chapters ADD COLUMN draft BIGINT NOT NULL DEFAULT 1;
ALTER TABLE chapters ADD COLUMN wave BIGINT NOT NULL DEFAULT 0; -- 0: not planned yet
ALTER TABLE chapters ADD COLUMN locked BIGINT NOT NULL DEFAULT 0;

-- The version of stages and prompts that a book was begun with.
ALTER TABLE books ADD COLUMN engine TEXT NOT NULL DEFAULT '1';

-- +goose Down
ALTER TABLE books DROP COLUMN engine;
ALTER TABLE chapters DROP COLUMN locked;
ALTER TABLE chapters DROP COLUMN wave;
ALTER TABLE chapters DROP COLUMN draft;

-- Answers to requests that carried an Idempotency-Key, for a client that asks again because it never got its answer.
-- A row is written in the transaction of the work itself, so that there is never one without the other.
CREATE TABLE idempotency_key (
    -- What the key was used for: POST /api/v1/jobs.
    scope       text        NOT NULL,
    key         text        NOT NULL,
    -- SHA-256 of the body's canonical JSON.
    body_digest bytea       NOT NULL,
    status      integer     NOT NULL,
    location    text,
    -- Text and not json: it is sent again byte for byte.
    body        text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);

CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

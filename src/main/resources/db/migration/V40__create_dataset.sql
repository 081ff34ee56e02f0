-- Input that clients brought. The files themselves lie below the data folder, in a folder called as column folder says:
-- each change of a dataset gives it a new folder, so that what a row says and what lies there never differ.
CREATE TABLE dataset (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    kind       text        NOT NULL,
    folder     uuid        NOT NULL UNIQUE,
    -- Bare hex. Of one file its own; of several that of the lines that sha256sum would print.
    sha256     text        NOT NULL,
    -- json, not jsonb: the order of the facts stays.
    facts      json        NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX dataset_newest ON dataset (created_at DESC, id DESC);

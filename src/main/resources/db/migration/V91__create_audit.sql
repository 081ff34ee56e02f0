-- Who changed what. A row is written before the change is tried; status is null where the answer never got that far.
CREATE TABLE audit (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    -- Null for commands that were given on the machine itself.
    key_name   text,
    key_prefix text,
    address    text,
    -- GET and its like never stand here; COMMAND for ./dyno keys.
    method     text        NOT NULL,
    path       text        NOT NULL,
    request_id text,
    status     integer
);

CREATE INDEX audit_age ON audit (at);

-- Keys of clients. Of the key itself only a hash is here: whoever reads this table can use none of them.
CREATE TABLE api_key (
    -- The first characters of the key, which may be shown: dyno_3f9a1c2e.
    prefix       text        PRIMARY KEY,
    name         text        NOT NULL,
    scope        text        NOT NULL CHECK (scope IN ('READ', 'SUBMIT', 'ADMIN')),
    -- SHA-256 of the 256 random bits' text.
    secret_hash  bytea       NOT NULL CHECK (length(secret_hash) = 32),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    -- Set where a rotation made another key of this name; until expires_at both count.
    replaced_at  timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);

-- One key a name, beside those that are on their way out.
CREATE UNIQUE INDEX api_key_current ON api_key (name) WHERE replaced_at IS NULL AND revoked_at IS NULL;

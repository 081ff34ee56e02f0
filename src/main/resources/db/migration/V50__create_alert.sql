-- What people have to look at: a case that became slower, a nightly that did not arrive.
CREATE TABLE alert (
    id          uuid        PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('REGRESSION', 'MISSING_NIGHTLY')),
    state       text        NOT NULL CHECK (state IN ('OPEN', 'CONFIRMED', 'DISMISSED')),
    -- What it is about, the moment included: raised once, however many nodes see it.
    subject     text        NOT NULL UNIQUE,
    engine      text,
    case_name   text,
    fingerprint text,
    run_id      uuid,
    schedule    text,
    message     text        NOT NULL,
    -- json, not jsonb: the order stays.
    details     json        NOT NULL,
    reason      text,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz,
    CONSTRAINT alert_dismissed_with_reason CHECK (state <> 'DISMISSED' OR reason IS NOT NULL)
);

CREATE INDEX alert_newest ON alert (created_at DESC, id DESC);
CREATE INDEX alert_open ON alert (kind, engine) WHERE state <> 'DISMISSED';

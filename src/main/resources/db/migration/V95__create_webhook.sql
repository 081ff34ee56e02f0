-- Who is told of what happens. The secret is readable: the service signs with it. No list and no log has it.
CREATE TABLE webhook (
    name       text        PRIMARY KEY,
    url        text        NOT NULL,
    events     text[]      NOT NULL,
    -- Of the job or the run; all have to hold.
    labels     jsonb       NOT NULL,
    enabled    boolean     NOT NULL,
    secret     bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

-- What is to be sent and what became of it: one row for an event and a webhook, inserted by the transaction that the
-- event is of.
CREATE TABLE webhook_delivery (
    id              uuid        PRIMARY KEY,
    webhook_name    text        NOT NULL REFERENCES webhook (name) ON DELETE CASCADE,
    event           text        NOT NULL,
    -- The job, the alert; of a ping its own id.
    subject         uuid        NOT NULL,
    -- json, not jsonb: it is sent, and signed, as it was written.
    payload         json        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED')),
    -- Claims, never set back: the newest is the one whose outcome counts.
    attempts        integer     NOT NULL DEFAULT 0,
    -- Since it was made or was to be delivered again.
    failures        integer     NOT NULL DEFAULT 0,
    due_at          timestamptz NOT NULL,
    -- Set while somebody sends it, by the database's clock.
    leased_until    timestamptz,
    last_attempt_at timestamptz,
    status          integer,
    detail          text,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    CONSTRAINT webhook_delivery_once UNIQUE (webhook_name, event, subject),
    CONSTRAINT webhook_delivery_finished CHECK ((state = 'PENDING') = (finished_at IS NULL))
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_name, due_at) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (webhook_name, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);

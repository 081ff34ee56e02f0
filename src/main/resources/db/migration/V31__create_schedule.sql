-- What is submitted when. next_fire says when it is due; whoever fires holds the row's lock and moves it on.
CREATE TABLE schedule (
    name          text        PRIMARY KEY,
    cron          text        NOT NULL,
    zone          text        NOT NULL,
    suite         text,
    job           json,
    enabled       boolean     NOT NULL,
    misfire       text        NOT NULL CHECK (misfire IN ('SKIP', 'RUN_ONCE')),
    overlap       text        NOT NULL CHECK (overlap IN ('SKIP', 'QUEUE')),
    -- Null where it is not enabled.
    next_fire     timestamptz,
    misfires      bigint      NOT NULL DEFAULT 0,
    -- Silence is counted from here: set when it is made, changed or enabled.
    watched_since timestamptz NOT NULL,
    -- Since when a daily schedule has been silent that was found to be; null where it is not.
    silent_since  timestamptz,
    CONSTRAINT schedule_one_target CHECK ((suite IS NULL) <> (job IS NULL)),
    CONSTRAINT schedule_next_while_enabled CHECK (enabled OR next_fire IS NULL)
);

CREATE INDEX schedule_due ON schedule (next_fire) WHERE next_fire IS NOT NULL;

-- What became of each time that a schedule was due: one row, whichever node fired.
CREATE TABLE schedule_fire (
    schedule   text        NOT NULL REFERENCES schedule (name) ON DELETE CASCADE,
    -- The time that the cron line means; of a trigger, when it was asked for.
    planned_at timestamptz NOT NULL,
    fired_at   timestamptz NOT NULL,
    decision   text        NOT NULL CHECK (decision IN ('SUBMITTED', 'SKIPPED', 'MISSED', 'REFUSED')),
    reason     text,
    suite_run  uuid,
    jobs       uuid[]      NOT NULL DEFAULT '{}',
    PRIMARY KEY (schedule, planned_at)
);

CREATE INDEX schedule_fire_newest ON schedule_fire (schedule, fired_at DESC);

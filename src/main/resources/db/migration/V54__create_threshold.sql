-- How far a case's next score may be from its history.
CREATE TABLE threshold (
    name        text             PRIMARY KEY,
    engine      text             NOT NULL,
    -- Null: every case of the engine.
    case_name   text,
    labels      jsonb            NOT NULL,
    rule        text             NOT NULL CHECK (rule IN ('PERCENTAGE', 'T_TEST', 'IQR')),
    limit_value double precision NOT NULL CHECK (limit_value > 0),
    min_samples integer          NOT NULL,
    window_runs integer          NOT NULL,
    created_at  timestamptz      NOT NULL,
    updated_at  timestamptz      NOT NULL
);

CREATE INDEX threshold_engine ON threshold (engine);

-- What was found out about one case of a run.
CREATE TABLE case_result (
    run_id       uuid    NOT NULL REFERENCES run ON DELETE CASCADE,
    position     integer NOT NULL,
    name         text    NOT NULL,
    score        double precision,
    score_unit   text,
    ci95_low     double precision,
    ci95_high    double precision,
    input_digest text,
    failure_code text,
    -- The whole case as the API shows it, without its forks. json, not jsonb: the order of workload and metrics
    -- stays, and 4.31E10 does not come back as an integer.
    result       json    NOT NULL,
    PRIMARY KEY (run_id, position),
    UNIQUE (run_id, name)
);

CREATE INDEX case_result_name ON case_result (name);

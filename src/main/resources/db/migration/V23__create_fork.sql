-- One fork of a case with its raw samples, one array element an iteration.
CREATE TABLE fork (
    run_id        uuid     NOT NULL,
    case_position integer  NOT NULL,
    index         integer  NOT NULL,
    pid           bigint   NOT NULL,
    elapsed_nanos bigint[] NOT NULL,
    invocations   bigint[] NOT NULL,
    items         bigint[] NOT NULL,
    bytes         bigint[] NOT NULL,
    -- JVM flags, the trial's report, verification, resources.
    rest          json     NOT NULL,
    PRIMARY KEY (run_id, case_position, index),
    FOREIGN KEY (run_id, case_position) REFERENCES case_result ON DELETE CASCADE,
    CHECK (cardinality(elapsed_nanos) = cardinality(invocations)
        AND cardinality(elapsed_nanos) = cardinality(items)
        AND cardinality(elapsed_nanos) = cardinality(bytes))
);

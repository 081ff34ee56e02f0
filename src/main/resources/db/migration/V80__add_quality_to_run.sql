-- Why a run has its grade, and how fast the fixed kernel was meanwhile. Null in runs of before they were graded.
ALTER TABLE run
    ADD COLUMN quality      json,
    ADD COLUMN canary_score double precision;

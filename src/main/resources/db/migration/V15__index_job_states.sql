-- How many jobs are in each state is asked with each scrape, also while a job is measured: of an index that is a few
-- bytes a job, and not of rows that carry their specifications.
CREATE INDEX job_state ON job (state);

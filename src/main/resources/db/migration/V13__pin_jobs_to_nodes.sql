-- Labels of the job that begin with "node.", without that: a node that runs it has to have them all.
ALTER TABLE job ADD COLUMN pins jsonb NOT NULL DEFAULT '{}';

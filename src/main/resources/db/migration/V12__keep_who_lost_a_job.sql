-- The node that had the job when its lease ran out, while nobody else has begun: its result, should it come yet, is
-- as good as another one would be.
ALTER TABLE job ADD COLUMN lost_by text;

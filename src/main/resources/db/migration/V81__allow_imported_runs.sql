-- Runs that other tools measured: no job of ours, no plan of ours.
ALTER TABLE run
    ADD COLUMN imported boolean NOT NULL DEFAULT false,
    ALTER COLUMN job_id DROP NOT NULL,
    ALTER COLUMN plan DROP NOT NULL,
    ADD CHECK (imported OR (job_id IS NOT NULL AND plan IS NOT NULL));

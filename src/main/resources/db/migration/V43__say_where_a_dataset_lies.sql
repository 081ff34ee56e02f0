-- The node whose data folder holds the files; null for datasets from before there were many nodes.
ALTER TABLE dataset ADD COLUMN node text;

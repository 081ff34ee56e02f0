-- The files of datasets, as they are kept: unpacked or converted. Names are ASCII and sort by their bytes.
CREATE TABLE dataset_file (
    dataset_id uuid   NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
    name       text   COLLATE "C" NOT NULL,
    bytes      bigint NOT NULL,
    sha256     text   NOT NULL,
    facts      json   NOT NULL,
    PRIMARY KEY (dataset_id, name)
);

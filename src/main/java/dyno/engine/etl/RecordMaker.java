package dyno.engine.etl;

/// Makes the record of an id, from nothing but id and seed.
interface RecordMaker<R> {
    R make(long id);
}

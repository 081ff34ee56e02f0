package dyno.engine.etl;

/// Told when a pipeline begins and how it ends. Called on the thread that runs the pipeline.
interface Lifecycle {

    /// Once, before anything.
    default void preProcess() throws Exception {}

    /// Once, after the last load succeeded.
    default void postProcess() throws Exception {}

    /// Once, when the pipeline failed or was cancelled; never together with [#postProcess].
    default void onFailure(Throwable cause) throws Exception {}
}

package dyno.engine.etl;

/// Says how many records the next batch may have. Asked by extractors and workers, moved by the pipeline's watch.
interface BatchSizer {

    /// Safe for any number of threads.
    int current();

    /// A window is over.
    ///
    /// @param ratePerSecond records loaded in it, a second; above 0
    void windowEnded(double ratePerSecond);

    /// Whether it ever changes.
    boolean isAdaptive();

    static BatchSizer fixed(int size) {
        return new Fixed(size);
    }

    record Fixed(int current) implements BatchSizer {

        @Override
        public void windowEnded(double ratePerSecond) {}

        @Override
        public boolean isAdaptive() {
            return false;
        }
    }
}

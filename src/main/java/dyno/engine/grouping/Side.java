package dyno.engine.grouping;

/// The two files that probes are split over, in their order.
enum Side {
    TRAIN("train.arrayrecord"),
    TEST("test.arrayrecord");

    private final String fileName;

    Side(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }
}

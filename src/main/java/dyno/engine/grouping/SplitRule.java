package dyno.engine.grouping;

import dyno.engine.grouping.GroupingWorkload.Split;

/// Which probes are train.
///
/// @param split       by number or by position
/// @param tenths      with HASH: numbers whose last digit is below are train
/// @param trainProbes with POSITION: so many probes from the front are train
record SplitRule(Split split, int tenths, long trainProbes) {

    /// @param probes how many there are; only POSITION asks
    static SplitRule of(GroupingWorkload workload, long probes) {
        double ratio = workload.trainRatio();
        return new SplitRule(workload.split(), (int) Math.round(10 * ratio), (long) Math.floor(probes * ratio));
    }

    /// @param position 0-based among all probes in the order of their addresses
    /// @param sourceId [SourceId] of the probe
    Side of(long position, long sourceId) {
        boolean isTrain = switch (split) {
            case HASH -> sourceId % 10 < tenths;
            case POSITION -> position < trainProbes;
        };
        return isTrain ? Side.TRAIN : Side.TEST;
    }
}

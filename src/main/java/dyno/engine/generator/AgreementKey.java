package dyno.engine.generator;

import java.util.Optional;

/// What decides the digest of a case, and nothing else: mode, threads, chunk, buffer, sink and pinning must not.
final class AgreementKey {

    private AgreementKey() {}

    static Optional<String> of(GeneratorWorkload workload) {
        return switch (workload.algorithm()) {
            case SECURE_RANDOM -> Optional.empty();
            case ZERO -> Optional.of("ZERO " + workload.streamBytes(0));
            case COUNTER, AES_CTR, XOSHIRO, JDK_RANDOM -> Optional.of(ofSeeded(workload));
        };
    }

    private static String ofSeeded(GeneratorWorkload workload) {
        var key = new StringBuilder()
                .append("%s %s %d %d"
                        .formatted(workload.algorithm(), workload.layout(), workload.seed(), workload.streamBytes(0)));
        if (workload.compressRatio() > 1) {
            key.append(" c").append(workload.compressRatio()).append('/').append(workload.compressUnitBytes());
        }
        if (workload.dedupRatio() > 1) {
            key.append(" d").append(workload.dedupRatio());
        }
        // Where nothing repeats, the unit still is the block of generators that are read in order.
        if (workload.dedupRatio() > 1 || workload.algorithm().isByBlock()) {
            key.append(" u").append(workload.dedupUnitBytes());
        }
        return key.toString();
    }
}

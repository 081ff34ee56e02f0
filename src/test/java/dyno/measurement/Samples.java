package dyno.measurement;

import dyno.engine.ScoreUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Samples whose throughput is known.
final class Samples {

    static final ScoreUnit BYTES = ScoreUnit.bytes();

    private Samples() {}

    /// One iteration of `perMille` bytes a millisecond, so that 10.1 can be said with whole bytes.
    static Sample of(double perMille) {
        return new Sample(1_000_000, 1, 0, Math.round(perMille * 1_000));
    }

    /// Forks of one sample each.
    static List<List<Sample>> forks(double... perMille) {
        return Arrays.stream(perMille).mapToObj(value -> List.of(of(value))).toList();
    }

    /// Iterations of one fork that take these seconds, one invocation each.
    static List<Sample> lasting(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(value -> new Sample(Math.round(value * 1e9), 1, 1, 1_000))
                .toList();
    }

    static List<List<Sample>> random(Random random, int forks, int iterations) {
        var all = new ArrayList<List<Sample>>();
        for (int fork = 0; fork < forks; fork++) {
            var samples = new ArrayList<Sample>();
            for (int i = 0; i < iterations; i++) {
                samples.add(new Sample(
                        random.nextLong(1_000_000, 900_000_000),
                        random.nextLong(1, 50),
                        random.nextLong(1, 100_000),
                        random.nextLong(1, 1L << 40)));
            }
            all.add(samples);
        }
        return all;
    }
}

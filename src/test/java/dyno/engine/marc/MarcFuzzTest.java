package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// Any bytes at all end in records and errors, and splitting them changes nothing. Looks for new bytes where
/// `JAZZER_FUZZ=1` is set, otherwise runs those that were found before.
@Tag("long")
class MarcFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void readsAnyBytes(byte[] bytes) throws Exception {
        for (var mode : List.of(ErrorMode.LENIENT, ErrorMode.SKIP)) {
            var json = Reading.read(bytes, Reading.json(), mode);
            var totals = json.totals();

            assertThat(totals.records + totals.dropped).isEqualTo(totals.begun);
            assertThat(split(bytes, mode)).isEqualTo(json.log().fingerprint());
            Reading.read(bytes, new RoundTripFormat(), mode);
            CleanWalkTest.assertSame(bytes);
        }
    }

    private static String split(byte[] bytes, ErrorMode mode) throws Exception {
        var workload =
                new WorkloadBuilder(Strategy.SPLIT_FILE, mode).segments(5).build();
        var file = InputFile.inMemory("a.mrc", bytes);
        var workers = new Workers(1, Cancellation.NONE);
        try (var runner = new SplitRunner(
                () -> new CodecWorker(ReadSettings.of(workload), Consumers.of(workload), List.of(file), workers),
                List.of(),
                workers,
                file,
                workload)) {
            return runner.run(Outputs.DISCARDED, 0).log.fingerprint();
        }
    }
}

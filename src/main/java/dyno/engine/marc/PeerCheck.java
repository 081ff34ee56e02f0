package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.Verification.Check;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether the peer read what we read. Used once, by one thread.
final class PeerCheck {

    private final MarcWorkload workload;
    private final List<InputFile> files;
    private final Runners runners;
    private final Cancellation cancellation;
    private @Nullable String peersDigest;

    PeerCheck(MarcWorkload workload, List<InputFile> files, Runners runners, Cancellation cancellation) {
        this.workload = workload;
        this.files = files;
        this.runners = runners;
        this.cancellation = cancellation;
    }

    /// What the peer finds in the input.
    Totals count() throws IOException {
        var digest = Digests.sha256();
        var totals = Marc4jDump.dump(workload, files, (bytes, count) -> digest.update(bytes, 0, count), cancellation);
        peersDigest = Digests.labelled(digest.digest());
        return totals;
    }

    /// Compares the dumps; on input that is damaged, repairs differ and there is nothing to compare.
    Check check() throws IOException {
        var digest = Digests.sha256();
        var settings =
                new ReadSettings(ErrorMode.LENIENT, Validation.STRUCTURAL, workload.characterSet(), Normalization.NFC);
        RunResult run;
        var format = workload.errorMode() == ErrorMode.LENIENT ? DumpFormat.ofValues() : new DumpFormat();
        try (var sequential = runners.sequential(format, settings)) {
            run = sequential.run(
                    file -> new StreamedOutput((bytes, count) -> digest.update(bytes, 0, count), new byte[0]), 0);
        }
        String ours = Digests.labelled(digest.digest());
        String peers = Objects.requireNonNull(peersDigest, "count comes first");
        boolean agrees = run.log.total() > 0 || ours.equals(peers);
        return Check.of("peerAgrees", agrees ? null : "dump %s, marc4j's %s".formatted(ours, peers));
    }
}

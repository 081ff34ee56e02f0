package dyno.job;

import dyno.result.CaseResult;
import dyno.result.CaseResult.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/// The profile of one case: a recording of the JDK's Flight Recorder, and the flame graph that is made of
/// it.
final class CaseProfile {

    private static final String RECORDING = "profile.jfr";

    private final Path folder;

    /// @param forkFolder scratch folder of the fork that is recorded; the profile lies beside it
    CaseProfile(Path forkFolder) {
        this.folder = forkFolder.resolveSibling(forkFolder.getFileName() + ".profile");
    }

    /// Where the fork writes its recording.
    Path recording() {
        return folder.resolve(RECORDING);
    }

    /// Draws the flame graph and moves both files to what is kept of the case.
    ///
    /// @throws IOException where there is no recording, or none that can be read
    List<Artifact> keep(Path outputs, UUID job, String caseName) throws IOException {
        var recording = recording();
        if (!Files.isRegularFile(recording)) {
            throw new IOException("The fork wrote no recording");
        }
        var options = new Arguments("--title", caseName);
        JfrToFlame.convert(
                recording.toString(), folder.resolve(CaseResult.FLAME_GRAPH).toString(), options);
        return KeptOutputs.take(folder, outputs, job, caseName);
    }
}

package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.FailureCode;
import dyno.engine.Warning;
import dyno.job.Payload.Draft;
import dyno.job.Spool.Spooled;
import dyno.result.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final UUID JOB = UUID.fromString("01a1fe86-9136-7897-82c9-ff423d0f2c47");

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatItTook() throws Exception {
        var spool = new Spool(folder);
        var claim = new Claim(JOB, "node", 2);
        var failure = new Failure(FailureCode.TIMED_OUT, "ünïcödé", "a[b=1]", Map.of("stage", "WARMUP", "n", 5L));
        var run = TestQueue.success(JOB).run();
        spool.put(new Spooled(
                claim,
                new JobEnd(JobState.TIMED_OUT, failure, run),
                List.of(Draft.warning(new Warning("WET", "very")))));

        var all = new Spool(folder).all();

        assertThat(all).hasSize(1);
        assertThat(all.getFirst().claim()).isEqualTo(claim);
        assertThat(all.getFirst().end()).isEqualTo(new JobEnd(JobState.TIMED_OUT, failure, run));
        assertThat(all.getFirst().unsaid())
                .containsExactly(new Draft(EventType.WARNING, Map.of("code", "WET", "detail", "very")));
    }

    @Test
    void forgetsWhatWasStored() throws Exception {
        var spool = new Spool(folder);
        var claim = new Claim(JOB, "node", 1);
        spool.put(new Spooled(claim, TestQueue.success(JOB), List.of()));

        spool.remove(claim);

        assertThat(spool.all()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void putsAsideWhatItCannotRead() throws Exception {
        Files.writeString(folder.resolve(JOB + "-1.json"), "{\"claim\":");
        var spool = new Spool(folder);

        assertThat(spool.all()).isEmpty();
        assertThat(folder.resolve(JOB + "-1.json.unreadable")).exists();
    }

    @Test
    void takesNoHalfWrittenFileForAWholeOne() throws Exception {
        Files.writeString(folder.resolve(JOB + "-1.json.new"), "{");

        assertThat(new Spool(folder).all()).isEmpty();
    }
}

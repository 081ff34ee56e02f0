package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.job.JobPhase.Phase;
import dyno.support.TestFolders;
import java.util.UUID;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

class JobPhaseTest {

    @Test
    void isRecordedWithItsJobAndEngine() throws Exception {
        var file = TestFolders.fresh("recorded").resolve("phases.jfr");
        var job = new UUID(1, 2);
        try (var recording = new Recording()) {
            recording.enable("dyno.JobPhase");
            recording.start();
            JobPhase.beginPlan().commit();
            JobPhase.begin(Phase.MEASURE, job, "marc").commit();
            recording.stop();
            recording.dump(file);
        }

        var events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dyno.JobPhase"))
                .toList();
        assertThat(events).extracting(event -> event.getString("phase")).containsExactly("PLAN", "MEASURE");
        assertThat(events.getLast().getString("job")).isEqualTo(job.toString());
        assertThat(events.getLast().getString("engine")).isEqualTo("marc");
    }
}

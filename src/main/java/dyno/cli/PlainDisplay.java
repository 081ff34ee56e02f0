package dyno.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Progress for pipes and files: a line for each change of state, each finished case and each warning.
final class PlainDisplay implements Display {

    private final PrintWriter out;
    private final ScoreText text;

    PlainDisplay(PrintWriter out, Terminal.Glyphs glyphs) {
        this.out = out;
        this.text = new ScoreText(glyphs);
    }

    @Override
    public void happened(FollowedJob job, JobEvent event, List<FollowedJob> jobs) {
        switch (event.type()) {
            case "state" -> out.println(job.name() + ": " + job.state() + reason(event));
            case "case" -> out.println(job.name() + ": " + finishedCase(event));
            case "warning" -> {
                var warning = FollowedJob.data(event);
                out.println("%s: warning %s: %s"
                        .formatted(
                                job.name(),
                                warning.path("code").stringValue(""),
                                warning.path("detail").stringValue("")));
            }
            default -> {
                // Progress is for lines that can be drawn again; an end follows as a call of its own.
            }
        }
    }

    @Override
    public void ended(FollowedJob job, List<FollowedJob> jobs) {
        long over = jobs.stream().filter(FollowedJob::isOver).count();
        out.println("%s: over, %d of %d".formatted(job.name(), over, jobs.size()));
    }

    @Override
    public void close() {
        out.flush();
    }

    /// Why a job is back in the queue, where it is.
    private static String reason(JobEvent event) {
        String reason = FollowedJob.data(event).path("reason").stringValue("");
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private String finishedCase(JobEvent event) {
        var measured = FollowedJob.data(event);
        return Stream.of(
                        "case " + measured.path("name").stringValue(""),
                        text.value(measured.path("score")),
                        text.interval(measured.path("score")),
                        text.speedup(measured),
                        measured.path("failure").path("code").stringValue(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("  "));
    }
}

package dyno.cli;

import java.util.List;

/// Progress for people: one line, drawn again with every event and taken away at the end.
final class StatusDisplay implements Display {

    /// Back to the line's start, and clear it.
    private static final String CLEAR = "\r\u001b[2K";

    private final Terminal terminal;

    StatusDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void happened(FollowedJob job, JobEvent event, List<FollowedJob> jobs) {
        draw(jobs);
    }

    @Override
    public void ended(FollowedJob job, List<FollowedJob> jobs) {
        draw(jobs);
    }

    @Override
    public void close() {
        terminal.out().print(CLEAR);
        terminal.out().flush();
    }

    private void draw(List<FollowedJob> jobs) {
        String line = line(jobs);
        // A line as wide as the terminal would wrap, and could not be cleared as one.
        terminal.out().print(CLEAR + line.substring(0, Math.min(line.length(), terminal.columns() - 1)));
        terminal.out().flush();
    }

    static String line(List<FollowedJob> jobs) {
        long over = jobs.stream().filter(FollowedJob::isOver).count();
        var line = new StringBuilder("%d/%d done".formatted(over, jobs.size()));
        var running = jobs.stream().filter(FollowedJob::isRunning).toList();
        if (running.isEmpty()) {
            return line.append(over < jobs.size() ? "  waiting in the queue" : "")
                    .toString();
        }
        var shown = running.getFirst();
        line.append("  ").append(shown.name());
        if (running.size() > 1) {
            line.append(" and ").append(running.size() - 1).append(" more");
        }
        if (shown.progress().isObject()) {
            line.append("  ").append(ProgressText.of(shown.progress()));
        }
        return line.toString();
    }
}

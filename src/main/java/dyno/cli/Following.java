package dyno.cli;

import java.util.List;

/// How commands follow jobs: with the display that suits the terminal.
///
/// @param isJson whether stdout is for one JSON object alone
record Following(Session session, boolean isJson) {

    List<JobResult> follow(Api api, List<FollowedJob> jobs, ServiceAccess service) throws InterruptedException {
        return new Watch(api, session.pacing(), display(), service).untilAllAreOver(jobs);
    }

    private Display display() {
        var terminal = session.terminal();
        if (isJson) {
            return new PlainDisplay(terminal.err(), terminal.glyphs());
        }
        return terminal.interactive()
                ? new StatusDisplay(terminal)
                : new PlainDisplay(terminal.out(), terminal.glyphs());
    }
}

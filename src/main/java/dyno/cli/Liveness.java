package dyno.cli;

import java.net.URI;

/// Whether a service answers at an address.
final class Liveness {

    /// Whether Dyno's API is there, be it with a problem.
    static boolean isAlive(URI base) throws InterruptedException {
        return answers(base, "/api/v1/engines", Integer.MAX_VALUE);
    }

    /// Whether requests that need the database are answered as well. What the service then has against one of the
    /// client's will show when it is made.
    static boolean isReady(URI base) throws InterruptedException {
        return answers(base, "/api/v1/jobs?limit=1", 500);
    }

    /// @param statusLimit problems from this status on are no answer
    private static boolean answers(URI base, String path, int statusLimit) throws InterruptedException {
        try (var api = new Api(base)) {
            api.get(path);
            return true;
        } catch (RefusedException e) {
            return e.problem().status() < statusLimit;
        } catch (UnreachableException | StrangeAnswerException _) {
            return false;
        }
    }

    private Liveness() {}
}

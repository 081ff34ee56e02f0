package dyno.cli;

import java.net.URI;

/// Whether a service answers at an address.
final class Liveness {

    /// Whether Dyno's API is there.
    static boolean isAlive(URI base) throws InterruptedException {
        return answers(base, "/api/v1/engines");
    }

    /// Whether requests that need the database are answered as well.
    static boolean isReady(URI base) throws InterruptedException {
        return answers(base, "/api/v1/jobs?limit=1");
    }

    private static boolean answers(URI base, String path) throws InterruptedException {
        try (var api = new Api(base)) {
            api.get(path);
            return true;
        } catch (UnreachableException | RefusedException | StrangeAnswerException _) {
            // Each of them says that what was asked about is not, or not yet, so.
            return false;
        }
    }

    private Liveness() {}
}

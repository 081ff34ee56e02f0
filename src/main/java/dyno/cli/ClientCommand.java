package dyno.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that asks a service which runs already.
abstract class ClientCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    private final Session session;

    ClientCommand(Session session) {
        this.session = session;
    }

    /// Asks, and prints what was answered.
    ///
    /// @param api    closed by the caller
    /// @param access of the same service; closed by the caller
    /// @return the exit code
    abstract int ask(Api api, ServiceAccess access) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        prepare();
        try (var access = ServiceAccess.toRunning(service, session);
                var api = access.api()) {
            return ask(api, access);
        }
    }

    /// What has to hold before a service is looked for.
    ///
    /// @throws UnusableArgumentException where it does not
    void prepare() {}

    final Session session() {
        return session;
    }

    final Terminal terminal() {
        return session.terminal();
    }
}

package dyno.support;

import dyno.catalog.EngineCatalog;
import java.util.List;
import java.util.function.Supplier;

/// The catalog that services under test and their forks use: what Dyno ships, and [CheckerEngine].
public final class TestCatalog implements Supplier<EngineCatalog> {

    @Override
    public EngineCatalog get() {
        var engines = new java.util.ArrayList<dyno.engine.Engine<?>>(EngineCatalog.standard().entries().stream()
                .map(entry -> entry.engine())
                .toList());
        engines.addAll(List.of(new CheckerEngine()));
        return new EngineCatalog(engines);
    }
}

package dyno.job;

import dyno.catalog.EngineCatalog;
import dyno.engine.Engine;
import java.util.ArrayList;
import java.util.function.Supplier;

/// The catalog of services under test that only ever plan: what Dyno ships, and [PumpEngine].
public final class PumpCatalog implements Supplier<EngineCatalog> {

    @Override
    public EngineCatalog get() {
        var engines = new ArrayList<Engine<?>>();
        EngineCatalog.standard().entries().forEach(entry -> engines.add(entry.engine()));
        engines.add(new PumpEngine());
        return new EngineCatalog(engines);
    }
}

package dyno.job;

import dyno.catalog.EngineCatalog;
import java.util.function.Supplier;

/// The catalog of services under test that only ever plan.
public final class PumpCatalog implements Supplier<EngineCatalog> {

    @Override
    public EngineCatalog get() {
        return Submissions.CATALOG;
    }
}

package dyno.result;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.environment.Environment;
import dyno.environment.Fingerprint;
import dyno.result.Run.Quality;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes runs of what other tools measured.
@Service
class RunImports {

    static final String ENGINE = "imported";

    /// Nobody of Dyno's saw it being measured.
    private static final String IMPORTED = "IMPORTED";

    /// What a client says of its document.
    ///
    /// @param startedAt   null: now
    /// @param fingerprint null: of the facts that the document names
    record Wanted(
            ImportFormat format,
            @Nullable Instant startedAt,
            Map<String, String> labels,
            @Nullable String fingerprint) {}

    private final ResultStore store;
    private final InstantSource clock;

    RunImports(ResultStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param tree the document as a strict parser gave it
    /// @throws dyno.web.ProblemException `invalid-request` with everything that is wrong with it
    @Transactional
    public Run store(Wanted wanted, @Nullable Object tree) {
        var document = switch (wanted.format()) {
            case JMH -> JmhImport.read(tree);
            case BMF -> BmfImport.read(tree);
        };
        var at = Objects.requireNonNullElseGet(wanted.startedAt(), clock::instant)
                .truncatedTo(ChronoUnit.MICROS);
        var fingerprint = Objects.requireNonNullElseGet(wanted.fingerprint(), () -> Fingerprint.of(document.facts()));
        var run = new Run(
                UuidCreator.getTimeOrderedEpoch(),
                null,
                ENGINE,
                null,
                at,
                at,
                wanted.labels(),
                null,
                false,
                true,
                new Environment(fingerprint, document.facts()),
                Quality.ungraded(IMPORTED),
                document.cases());
        store.add(run);
        return new Run(
                run.id(),
                null,
                ENGINE,
                null,
                at,
                at,
                run.labels(),
                null,
                false,
                true,
                run.environment(),
                run.quality(),
                run.cases().stream().map(result -> result.withForks(null)).toList());
    }
}

package dyno.job;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.FailureCode;
import dyno.job.JobSpec.Variant;
import dyno.web.Pointer;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads submissions from strict trees and lists everything that breaks types, bounds or names. Immutable.
final class JobSpecReader {

    static final int DEFAULT_PRIORITY = 50;

    private static final int MAX_TIMEOUT_SECONDS = 86_400;
    private static final int MAX_VARIANTS = 64;
    private static final int MAX_REASON_CHARACTERS = 200;
    private static final Pattern VARIANT_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /// Failures that a variant may announce; a wrong answer is never one of them.
    private static final List<FailureCode> FINDINGS = List.of(
            FailureCode.OUT_OF_MEMORY, FailureCode.TIMED_OUT, FailureCode.FORK_FAILED, FailureCode.ENGINE_ERROR);

    private final EngineCatalog catalog;

    JobSpecReader(EngineCatalog catalog) {
        this.catalog = catalog;
    }

    /// @param body the whole body as a strict JSON parser gave it
    /// @throws ProblemException with every 400 of the body; `unknown-engine` where that is all
    JobSpec read(@Nullable Object body) {
        var faults = new Faults();
        StorableText.check(body, "", faults);
        var fields = Fields.of(body, "", faults);
        fields.require("engine");
        var engine = Objects.requireNonNullElse(fields.text("engine", Integer.MAX_VALUE), "");
        var entry = catalog.find(engine).orElse(null);
        var workloads = new WorkloadReader(entry, faults);
        var workload = workloads.read(fields, "workload");
        var variants = readVariants(fields, workloads, faults);
        var spec = new JobSpec(
                engine,
                workload,
                variants,
                readBaseline(fields, variants, faults),
                MatrixReader.read(fields.object("matrix"), fields.pointer("matrix"), workloads, faults),
                PlanSpec.read(fields.has("plan") ? fields.take("plan") : Map.of(), "/plan", faults),
                fields.integer("timeoutSeconds", 1, MAX_TIMEOUT_SECONDS),
                fields.integer("caseTimeoutSeconds", 1, MAX_TIMEOUT_SECONDS),
                Objects.requireNonNullElse(fields.integer("priority", 0, 100), DEFAULT_PRIORITY),
                fields.labels(),
                fields.text("reason", MAX_REASON_CHARACTERS));
        fields.end();
        faults.throwIfAny();
        requireKnown(entry, engine);
        return spec;
    }

    private void requireKnown(@Nullable EngineEntry<?> entry, String engine) {
        if (entry == null) {
            var known = catalog.entries().stream().map(e -> e.engine().id()).toList();
            throw new ProblemException(
                    ProblemCode.UNKNOWN_ENGINE,
                    "There is no engine %s; there are %s".formatted(Shown.value(engine), known));
        }
    }

    private static List<Variant> readVariants(Fields job, WorkloadReader workloads, Faults faults) {
        var pointer = job.pointer("variants");
        var trees = job.list("variants");
        if (trees.size() > MAX_VARIANTS) {
            faults.add(pointer, "'variants' has %d elements, more than %d".formatted(trees.size(), MAX_VARIANTS));
            return List.of();
        }
        var variants = new ArrayList<Variant>();
        var names = new HashSet<String>();
        for (int i = 0; i < trees.size(); i++) {
            var fields = Fields.of(trees.get(i), Pointer.element(pointer, i), faults);
            fields.require("name");
            var name = fields.text("name", VARIANT_NAME);
            if (name != null && !names.add(name)) {
                faults.add(fields.pointer("name"), "two variants are called '%s'".formatted(name));
            }
            var workload = workloads.read(fields, "workload");
            variants.add(new Variant(Objects.requireNonNullElse(name, ""), workload, readMayFail(fields, faults)));
            fields.end();
        }
        return List.copyOf(variants);
    }

    private static EnumSet<FailureCode> readMayFail(Fields variant, Faults faults) {
        var pointer = variant.pointer("mayFail");
        var words = variant.list("mayFail");
        var mayFail = EnumSet.noneOf(FailureCode.class);
        for (int i = 0; i < words.size(); i++) {
            var code = Fields.word(words.get(i), FINDINGS, Pointer.element(pointer, i), faults);
            if (code != null) {
                mayFail.add(code);
            }
        }
        return mayFail;
    }

    private static @Nullable String readBaseline(Fields fields, List<Variant> variants, Faults faults) {
        var baseline = fields.text("baseline", Integer.MAX_VALUE);
        if (baseline != null && variants.stream().noneMatch(v -> v.name().equals(baseline))) {
            faults.add(
                    fields.pointer("baseline"),
                    "'baseline' is %s, which no variant is called".formatted(Shown.value(baseline)));
        }
        return baseline;
    }
}

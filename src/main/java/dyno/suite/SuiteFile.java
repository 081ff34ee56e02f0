package dyno.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One file as it was read: shape and names are right, its jobs were not looked into. Immutable.
final class SuiteFile {

    /// Names of suites and their jobs stand in URLs, labels and metrics.
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private static final Set<String> KEYS = Set.of("description", "include", "jobs");

    private final String name;
    private final YamlDocument document;
    private final String description;
    private final List<String> includes;
    private final List<SuiteJob> jobs;

    private SuiteFile(String name, YamlDocument document) {
        this.name = name;
        this.document = document;
        var root = map(document.tree(), "", "a suite");
        for (var key : root.keySet()) {
            if (!KEYS.contains(key)) {
                throw document.fault(
                        "/" + key,
                        "'%s' is none of %s"
                                .formatted(key, KEYS.stream().sorted().toList()));
            }
        }
        this.description = text(root.get("description"), "/description");
        this.includes = includes(root.get("include"));
        this.jobs = jobs(root.get("jobs"));
        if (includes.isEmpty() && jobs.isEmpty()) {
            throw document.fault("", "a suite needs 'jobs' or 'include'");
        }
    }

    /// @throws SuiteFileException at the first thing that is wrong
    static SuiteFile read(SuiteFolder.Text text) {
        if (!NAME.matcher(text.name()).matches()) {
            throw new SuiteFileException(
                    text.place(), "a suite's name has to match %s, not '%s'".formatted(NAME, text.name()));
        }
        return new SuiteFile(text.name(), new YamlDocument(text.place(), text.text()));
    }

    /// By name, in the order of the texts.
    ///
    /// @throws SuiteFileException at the first thing that is wrong
    static Map<String, SuiteFile> readAll(List<SuiteFolder.Text> texts) {
        var files = new LinkedHashMap<String, SuiteFile>();
        texts.forEach(text -> files.put(text.name(), read(text)));
        return files;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    List<String> includes() {
        return includes;
    }

    List<SuiteJob> jobs() {
        return jobs;
    }

    /// What is wrong with an included name, to be thrown.
    SuiteFileException includeFault(int index, String reason) {
        return document.fault("/include/" + index, reason);
    }

    /// What is wrong with a job, to be thrown.
    ///
    /// @param pointer within the job, `/workload/chunkBytes`; empty for the job as a whole
    SuiteFileException jobFault(int index, String pointer, String reason) {
        return document.fault("/jobs/%d%s".formatted(index, pointer), reason);
    }

    private List<String> includes(@Nullable Object tree) {
        var names = new ArrayList<String>();
        for (var element : list(tree, "/include")) {
            names.add(text(element, "/include/" + names.size()));
        }
        return List.copyOf(names);
    }

    private List<SuiteJob> jobs(@Nullable Object tree) {
        var read = new ArrayList<SuiteJob>();
        for (var element : list(tree, "/jobs")) {
            read.add(job(element, "/jobs/" + read.size()));
        }
        return List.copyOf(read);
    }

    private SuiteJob job(@Nullable Object tree, String pointer) {
        var spec = new LinkedHashMap<String, @Nullable Object>(map(tree, pointer, "a job"));
        var job = text(spec.remove("name"), pointer + "/name");
        if (!NAME.matcher(job).matches()) {
            throw document.fault(pointer + "/name", "a job's name has to match %s, not '%s'".formatted(NAME, job));
        }
        if (spec.get("labels") instanceof Map<?, ?> labels) {
            SuiteJob.OWN_LABELS.stream().filter(labels::containsKey).findFirst().ifPresent(label -> {
                throw document.fault(
                        pointer + "/labels/" + label, "the service itself gives jobs the label '%s'".formatted(label));
            });
        }
        return new SuiteJob(job, spec);
    }

    private String text(@Nullable Object value, String pointer) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw document.fault(pointer, "'%s' has to be there and be text".formatted(pointer.substring(1)));
    }

    private List<?> list(@Nullable Object value, String pointer) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw document.fault(pointer, "'%s' has to be a list".formatted(pointer.substring(1)));
        };
    }

    @SuppressWarnings("unchecked") // documents have text keys only
    private Map<String, @Nullable Object> map(@Nullable Object value, String pointer, String what) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw document.fault(pointer, "%s has to be a map".formatted(what));
    }
}

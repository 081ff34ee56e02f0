package dyno.dataset;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.util.Optional;
import java.util.regex.Pattern;

/// What datasets and their files may be called: nothing that could mean a place elsewhere, or be spelled in two ways.
final class DatasetNames {

    private static final Pattern DATASET = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");
    private static final Pattern FILE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}");

    private DatasetNames() {}

    static boolean isDataset(String name) {
        return DATASET.matcher(name).matches();
    }

    /// @throws ProblemException `invalid-request`
    static String requireDataset(String name) {
        if (!isDataset(name)) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "A dataset cannot be called %s; names match %s".formatted(Shown.value(name), DATASET));
        }
        return name;
    }

    /// @throws ProblemException `invalid-request`
    static String requireFile(String name) {
        var fault = fileFault(name);
        if (fault.isPresent()) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, fault.get());
        }
        return name;
    }

    /// What is wrong with a file's name; empty where nothing is.
    static Optional<String> fileFault(String name) {
        return FILE.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("A file cannot be called %s; names match %s".formatted(Shown.value(name), FILE));
    }
}

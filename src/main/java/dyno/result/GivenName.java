package dyno.result;

import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.util.regex.Pattern;

/// Names that clients give to baselines and thresholds.
final class GivenName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private GivenName() {}

    /// @return the name
    /// @throws ProblemException `invalid-request` for a name that does not match, or that reads as a
    ///                          run's id
    static String require(String name) {
        if (!NAME.matcher(name).matches() || Ids.parse(name).isPresent()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The name %s does not match %s, or is an id".formatted(Shown.value(name), NAME));
        }
        return name;
    }
}

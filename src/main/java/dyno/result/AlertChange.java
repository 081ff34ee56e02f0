package dyno.result;

import dyno.result.Alert.State;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes of an alert.
///
/// @param state  `CONFIRMED` or `DISMISSED`
/// @param reason at most 500 characters; a dismissal needs one
record AlertChange(State state, @Nullable String reason) {

    private static final int MAX_REASON_CHARACTERS = 500;

    /// @throws dyno.web.ProblemException with everything that is wrong with the body
    static AlertChange read(byte[] body) {
        var fields = new BodyFields(body);
        var state = fields.word("state", List.of(State.CONFIRMED, State.DISMISSED));
        fields.require("state", state);
        var reason = fields.text("reason", MAX_REASON_CHARACTERS);
        if (state == State.DISMISSED) {
            fields.require("reason", reason);
        }
        fields.check();
        return new AlertChange(Objects.requireNonNull(state), reason);
    }
}

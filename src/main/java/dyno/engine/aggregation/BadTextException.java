package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// A text of the input that is none. Who meets it first does not know where it is from; whoever does says
/// so by [#at].
final class BadTextException extends EngineException {

    private static final long serialVersionUID = 1L;

    BadTextException(String message) {
        super(FailureCode.INVALID_INPUT, message);
    }

    EngineException at(String file, int rowGroup) {
        return new EngineException(code(), "%s, row group %d: %s".formatted(file, rowGroup, getMessage()), this);
    }
}

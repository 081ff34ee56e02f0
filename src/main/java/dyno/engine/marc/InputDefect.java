package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// Thrown in mode STRICT at the first defect of the input.
final class InputDefect extends EngineException {

    private static final long serialVersionUID = 1L;

    private final transient MarcError error;

    InputDefect(MarcError error) {
        super(FailureCode.INVALID_INPUT, error.sentence(), error.asTree());
        this.error = error;
    }

    MarcError error() {
        return error;
    }
}

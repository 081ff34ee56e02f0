package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Validation;

/// How records are read.
record ReadSettings(
        ErrorMode errorMode, Validation validation, CharacterSet characterSet, Normalization normalization) {

    static ReadSettings of(MarcWorkload workload) {
        return new ReadSettings(
                workload.errorMode(), workload.validation(), workload.characterSet(), workload.normalization());
    }
}

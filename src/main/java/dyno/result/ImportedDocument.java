package dyno.result;

import dyno.environment.Environment.Fact;
import java.util.List;
import java.util.Map;

/// What another tool's document says.
///
/// @param cases at least one
/// @param facts of the environment, as far as the document names any
record ImportedDocument(List<CaseResult> cases, Map<String, Fact> facts) {}

package dyno.engine;

/// That a workload reads a dataset.
///
/// @param field dotted path of the field that names it: `input.dataset`
/// @param name  of the dataset
public record DatasetUse(String field, String name) {}

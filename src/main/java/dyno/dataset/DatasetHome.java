package dyno.dataset;

/// Where datasets that arrive here will lie. Given by whoever knows nodes; datasets know none.
///
/// @param node name of this one
public record DatasetHome(String node) {}

package dyno.measurement;

/// A closed interval; `[low, high]` in JSON.
public record Interval(double low, double high) {}

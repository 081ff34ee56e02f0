package dyno.engine;

/// What a client asks of one engine: what to do, with how much, from which input.
///
/// Implemented by one record an engine. Each component carries [Field], from which the JSON schema, the
/// defaults, the checks and the reference documentation derive. Component types are `int`, `long`, `double`,
/// `boolean`, `String`, enums, `List` of these, and further records for nested objects; a component that may
/// be `null` is `@Nullable` (and boxed).
///
/// Implementations are immutable.
public interface Workload {}

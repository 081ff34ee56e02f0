package dyno.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one field of a [Workload] once, for schema, defaults, checks and documentation.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

    /// What the field means, in a clause without a full stop.
    String value();

    /// The fixed default as it would stand in JSON, strings and enum constants without quotes: `42`, `true`,
    /// `COUNTER`. Empty: the field is computed by [Engine#computedDefaults], is `null` where nullable, is a
    /// nested object with defaults of its own, or is required.
    String defaultValue() default "";

    /// How a computed default comes about, for readers: `processors of the node`. Empty: not computed.
    String computedDefault() default "";

    /// Smallest number allowed, inclusive, as a decimal; for strings the fewest characters, for lists the
    /// fewest elements. Empty: no bound.
    String min() default "";

    /// Largest number allowed, inclusive, as a decimal; for strings the most characters, for lists the most
    /// elements. Empty: no bound.
    String max() default "";

    /// Whether an integer has to be a power of two.
    boolean powerOfTwo() default false;

    /// Regular expression that a string, or each string of a list, has to match as a whole. Empty: any.
    String pattern() default "";

    /// Whether a `null` that the client gave is a value of its own, preferred to the default, instead of being as
    /// good as absent. Only of nullable fields that have a default.
    boolean nullIsValue() default false;

    /// Whether a nested object that is not given stays absent (`null`) instead of getting its own defaults.
    boolean optional() default false;
}

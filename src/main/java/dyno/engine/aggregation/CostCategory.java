package dyno.engine.aggregation;

import dyno.engine.Field;

/// A pattern on namespaces and the category that it stands for.
public record CostCategory(
        @Field(value = "LIKE pattern with % and _, case-sensitive, on the whole name", min = "0", max = "1000")
        String pattern,

        @Field(value = "the category", min = "-2147483648", max = "2147483647")
        int id) {}

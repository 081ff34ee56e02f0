package dyno.catalog;

import dyno.engine.Field;
import dyno.engine.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workload with every kind of field that there is.
record BakeryWorkload(
        @Field(value = "loaves to bake", min = "1", max = "1000000")
        long loaves,

        @Field(value = "bytes of one slice", min = "512", max = "1073741824", defaultValue = "4096", powerOfTwo = true)
        int sliceBytes,

        @Field(value = "ovens in use", min = "1", max = "64", computedDefault = "processors of the node")
        int ovens,

        @Field(value = "water to flour", min = "0.5", max = "2", defaultValue = "0.7")
        double hydration,

        @Field(value = "whether to sell what was baked", defaultValue = "true")
        boolean sell,

        @Field(value = "how to bake", defaultValue = "DIRECT")
        Mode mode,

        @Field(value = "shop's name", defaultValue = "corner", min = "1", max = "8", pattern = "[a-z]+")
        String shop,

        @Field(value = "of the dough", defaultValue = "42") long seed,

        @Field("flour at hand, all there is where absent") @Nullable
        Long flourBytes,

        @Field("the oven's make") @Nullable Mode forced,

        @Field(value = "what goes in", defaultValue = "[salt, yeast]", max = "3", pattern = "[a-z]+")
        List<String> additions,

        @Field(value = "modes to try", defaultValue = "[]") List<Mode> modes,

        @Field(value = "prices by size", defaultValue = "[]", max = "2")
        List<Price> prices,

        @Field("where dough comes from") Source input)
        implements Workload {

    enum Mode {
        DIRECT,
        LEGACY
    }

    record Price(
            @Field(value = "of one loaf", min = "0") double amount,

            @Field(value = "of the price", defaultValue = "list")
            String kind) {}

    record Source(
            @Field(value = "made here", optional = true) @Nullable
            Mixer mixer,

            @Field(value = "bought", min = "1") @Nullable String frozen,
            @Field(value = "how warm", defaultValue = "21") int celsius) {}

    record Mixer(
            @Field(value = "turns a minute", min = "1") int turns,

            @Field(value = "bowls", min = "1", computedDefault = "ovens")
            int bowls) {}
}

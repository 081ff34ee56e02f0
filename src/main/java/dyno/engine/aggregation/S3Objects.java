package dyno.engine.aggregation;

import dyno.engine.Field;

/// Objects in the configured store whose keys begin alike.
public record S3Objects(
        @Field(value = "an allowed bucket", min = "3", max = "63")
        String bucket,

        @Field(value = "1 to 512 bytes, without a segment ..", min = "1", max = "512")
        String prefix) {}

package dyno.engine.aggregation;

import dyno.engine.Field;
import java.util.UUID;

/// The columns that are the same in every row.
public record Identity(
        @Field(
                value = "what the rows belong to; with the period decides what a load replaces",
                defaultValue = "00000000-0000-4000-8000-000000000001",
                pattern = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        String sourceUuid,

        @Field(value = "cluster_id", defaultValue = "dyno", min = "0", max = "50", pattern = "[^\\x00]*")
        String clusterId,

        @Field(value = "cluster_alias", defaultValue = "dyno", min = "0", max = "256", pattern = "[^\\x00]*")
        String clusterAlias,

        @Field(value = "report_period_id", defaultValue = "1", min = "-2147483648", max = "2147483647")
        int reportPeriodId) {

    UUID source() {
        return UUID.fromString(sourceUuid);
    }
}

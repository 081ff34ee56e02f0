package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.JobCase;
import dyno.engine.Metrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseRelationsTest {

    @Test
    void setsBatchesBesideTheSameRecordsOneByOne() {
        var record = one(2.0, "handOver", "RECORD");
        var batch = one(13.0);

        new CaseRelations(List.of(record, batch)).relate();

        assertThat((Double) batch.metrics().values().get("ratioToRecord")).isCloseTo(6.5, within(1e-9));
        assertThat(record.metrics().values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"recordShape, ORIGINAL", "seed, 7", "loadMethod, INSERT_ROW", "targetRatePerSecond, 1000.0"})
    void doesNotSetOtherWorkBesideIt(String field, String value) {
        var fields = new ArrayList<Object>(List.of("handOver", "RECORD", field));
        fields.add(
                switch (field) {
                    case "seed" -> Long.valueOf(value);
                    case "targetRatePerSecond" -> Double.valueOf(value);
                    default -> value;
                });
        var batch = one(13.0);

        new CaseRelations(List.of(one(2.0, fields.toArray()), batch)).relate();

        assertThat(batch.metrics().values()).isEmpty();
    }

    private static JobCase<EtlWorkload> one(double score, Object... more) {
        var fields = new ArrayList<Object>(List.of("profile", "DATABASE"));
        fields.addAll(List.of(more));
        return new JobCase<>("case", Workloads.of(fields.toArray()), score, null, new Metrics());
    }
}

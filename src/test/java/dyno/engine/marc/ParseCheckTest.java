package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Operation;
import org.junit.jupiter.api.Test;

class ParseCheckTest {

    private static final int RECORDS = 1_000;

    /// Parsers that guard against documents which grow count each of them.
    @Test
    void readsMoreEscapesThanADocumentMayHaveThatIsNotTrusted() throws Exception {
        byte[] record = ("<record>" + "&amp;".repeat(300) + "</record>").getBytes(UTF_8);
        try (var check = new ParseCheck(Operation.MARCXML, JsonContainer.ARRAY)) {
            check.accept("<collection>".getBytes(UTF_8), 12);
            for (int i = 0; i < RECORDS; i++) {
                check.accept(record, record.length);
            }
            check.accept("</collection>".getBytes(UTF_8), 13);

            assertThat(check.difference(RECORDS)).isNull();
        }
    }

    @Test
    void saysWhatIsNotWellFormed() throws Exception {
        try (var check = new ParseCheck(Operation.MARCXML, JsonContainer.ARRAY)) {
            check.accept("<collection><record>&</record></collection>".getBytes(UTF_8), 43);

            assertThat(check.difference(1)).contains("an error");
        }
    }
}

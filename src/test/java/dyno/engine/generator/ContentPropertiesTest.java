package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.luben.zstd.Zstd;
import dyno.engine.TrialContext.Depth;
import dyno.engine.kernel.LongSet;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentPropertiesTest {

    private static final int MIB = 1 << 20;
    private static final int UNIT = 4096;

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"1,1.0000", "1.5,1.49", "2,1.98", "3,2.98", "4,3.98", "10,9.88"})
    void compressesAsAskedInUnitsThatAllDiffer(double asked, double reached) {
        byte[] bytes = stream(64 * MIB, asked, 1);

        assertThat(bytes.length / (double) Zstd.compress(bytes, 1).length).isEqualTo(reached, within(reached * 0.005));
        assertThat(distinctUnits(bytes, UNIT)).isEqualTo(16_384);
        byte[] zeros = new byte[UNIT];
        for (int at = 0; at < bytes.length; at += UNIT) {
            assertThat(Arrays.equals(bytes, at, at + UNIT, zeros, 0, UNIT)).isFalse();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"64,2,32", "64,4,16", "64,1.5,43", "10,3,3", "5,2,3", "5,1000,1"})
    void holdsAsManyDistinctUnitsAsItReports(int mebibytes, double dedup, int distinct) {
        assertThat(distinctUnits(stream(mebibytes * MIB, 1, dedup), MIB)).isEqualTo(distinct);
    }

    @Test
    void fillsTheSecondHalfOfEachUnitAtRatioTwo() {
        byte[] bytes = stream(MIB, 2, 1);
        byte[] plain = stream(MIB, 1, 1);

        for (int at = 0; at < bytes.length; at += UNIT) {
            assertThat(Arrays.copyOfRange(bytes, at, at + UNIT / 2))
                    .isEqualTo(Arrays.copyOfRange(plain, at, at + UNIT / 2));
            assertThat(Arrays.copyOfRange(bytes, at + UNIT / 2, at + UNIT)).containsOnly(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,699050", "1,699051", "2,699051", "3,699050", "1000000000000000,699051"})
    void spreadsTheReferencesZerosOverItsBlocks(long block, int zeros) {
        assertThat(DgenWriter.zeros(block, MIB, 3)).isEqualTo(zeros);
    }

    @Test
    void cutsTheLastWordOfAStream() {
        for (int length = 1; length < 20; length++) {
            assertThat(stream(length, 1, 1)).isEqualTo(Arrays.copyOf(stream(4096, 1, 1), length));
        }
    }

    @Test
    void noticesBytesThatAreNotRandom() {
        var content = content(4L * MIB, 1, 1);
        var checks = new ContentChecks(content, Depth.SHORT);

        assertThat(checks.byteHistogram()).isNull();
        assertThat(checks.accidentalRepeats()).isNull();
        assertThat(checks.compressRatioDifference(2)).contains("nothing should compress");
        assertThat(new ContentChecks(content(4L * MIB, 4, 1), Depth.SHORT).compressRatioDifference(3.5))
                .contains("zstd reaches 3.500");
        assertThat(ContentChecks.equalStreams(java.util.List.of(content, content)))
                .contains("begins like one before");
    }

    @Test
    void noticesAProbeSumThatChanges() {
        var probes = new ProbeHistory();
        probes.add(5);
        probes.add(5);
        assertThat(probes.difference(5L)).isNull();
        assertThat(probes.difference(6L)).contains("recomputed");
        probes.add(7);
        assertThat(probes.difference(5L)).contains("invocation 2 has probe sum 0000000000000007");
    }

    @Test
    void sumsProbedWordsWhicheverChunksTheyLieIn() {
        var content = content(3L * MIB + 8, 1, 1);
        long expected = 0;
        var reference = new ReferenceContent(content);
        for (long at = 0; at <= 3L * MIB; at += MIB) {
            expected += (long) Bytes.WORD.get(reference.bytes(at, 8), 0);
        }
        assertThat(ProbeSum.recompute(content)).isEqualTo(expected);
        for (int chunk : new int[] {5, 4095, MIB + 3}) {
            var probe = new ProbeSum(content.length());
            var writer = ContentWriter.of(content);
            var buffer = new HeapDestination(chunk);
            for (long at = 0; at < content.length(); at += chunk) {
                int count = (int) Math.min(chunk, content.length() - at);
                writer.write(buffer, 0, count, at);
                probe.add(buffer, count, at);
            }
            assertThat(probe.sum()).as("chunks of %d", chunk).isEqualTo(expected);
        }
    }

    @Test
    void continuesABlockWithinAWord() {
        var content = new Content(Algorithm.XOSHIRO, Layout.INTERLEAVED, 1, 0, MIB, new Ratios(1.5, 1, 512, 65536));
        var writer = ContentWriter.of(content);
        var bytes = new HeapDestination(200_000);
        for (int at = 0; at < 200_000; ) {
            int count = Math.min(1 + at % 13, 200_000 - at);
            writer.write(bytes, at, count, at);
            at += count;
        }

        assertThat(HexFormat.of().formatHex(bytes.array()))
                .isEqualTo(HexFormat.of().formatHex(new ReferenceContent(content).bytes(0, 200_000)));
    }

    private static int distinctUnits(byte[] bytes, int unit) {
        var seen = new LongSet(bytes.length / unit);
        for (int at = 0; at < bytes.length; at += unit) {
            seen.add(ContentChecks.fingerprint(bytes, at, unit));
        }
        return seen.size();
    }

    private static byte[] stream(int length, double compress, double dedup) {
        return new StreamReader(content(length, compress, dedup)).bytes(0, length);
    }

    private static Content content(long length, double compress, double dedup) {
        return new Content(
                Algorithm.COUNTER, Layout.INTERLEAVED, 42, 0, length, new Ratios(compress, dedup, 4096, MIB));
    }
}

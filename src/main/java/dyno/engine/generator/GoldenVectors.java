package dyno.engine.generator;

import dyno.engine.TrialContext.Depth;
import dyno.engine.kernel.Sha256;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Digests that the generator must give for ever; made once by independent implementations.
final class GoldenVectors {

    private static final int MIB = 1 << 20;

    /// One of them.
    ///
    /// @param length bytes of the stream
    /// @param first  its first bytes, in hex; empty where not given
    /// @param sha256 of all of it
    record Vector(
            Algorithm algorithm,
            Layout layout,
            long seed,
            int length,
            double compress,
            double dedup,
            String first,
            String sha256) {

        Content content() {
            int compressUnit = layout == Layout.DGEN ? MIB : 4096;
            return new Content(algorithm, layout, seed, 0, length, new Ratios(compress, dedup, compressUnit, MIB));
        }

        /// What differs in what the generator makes; null when nothing does.
        @Nullable
        String difference() {
            var stream = new HeapDestination(length);
            ContentWriter.of(content()).write(stream, 0, length, 0);
            String start = HexFormat.of().formatHex(stream.array(), 0, first.length() / 2);
            String digest = new Sha256().update(stream.array(), 0, length).hex();
            return start.equals(first) && digest.equals(sha256)
                    ? null
                    : "%s has sha256 %s, first bytes %s".formatted(this, digest, start);
        }
    }

    private static final String SEED_42 = "c1546acf2c3dc7cba0ce3fb77a34274b0777993d89811094b9ca1fe6c68b3cb9";
    private static final String DGEN_42 = "9f6876444f4d76d091376f5774419e518ced240cfb7ce0fbb835d80c609f7db3";

    private static final List<Vector> ALL = List.of(
            counter(
                    0,
                    MIB,
                    1,
                    1,
                    "72d7c2dd3080efbf47aaf282e42c555fa7d8f3dac35f33702c9dc7623bfe40f4",
                    "1d6a23536bbba6d906797cfc610839779f8b03ee150c06a7803b25b12def99c4"),
            counter(
                    1,
                    MIB,
                    1,
                    1,
                    "1e61397408ab415eeef16c3de96c8df1788d7e326df6950ba92b32931b1b06c7",
                    "ec6049f942d338545b9468337c62356eafda5c747b9a439bd2b850e7eec2119e"),
            counter(42, MIB, 1, 1, SEED_42, "8b0f759337905930749742761cf23ec84b36a673174b201462604d51966d5ad7"),
            counter(42, 4 * MIB, 1, 1, SEED_42, "1e17663db313cb1520f47e7e627aa12a7cecc6f4692f8b82849fb13be1072b11"),
            counter(42, 4 * MIB, 2, 1, SEED_42, "57ce449c7753eaa464c40155da1b2188a1e10bc9fd96094bdddc54a9c2f68a55"),
            counter(42, 4 * MIB, 1.5, 1, SEED_42, "7a7c68ec136e7e6aa782cb90b4787b9b31dd51441503c7735fe5b6075d6ca21a"),
            counter(42, 4 * MIB, 1, 2, SEED_42, "81d6e4814b3bbb498e0161e22c8e6a0cd1875e7e8532b07010e23253f40b951f"),
            plain(
                    Algorithm.XOSHIRO,
                    "23bb0a3910824b06c16e00be635555b2f4c8c4f4d256e213f4c07862c9cbb19e",
                    "303670da4c681aa1f50c18b19994ac9b9279207b84db85861910c3147ee74aeb"),
            plain(
                    Algorithm.AES_CTR,
                    "d7fcf6439bf7d4154e2e1752b7af54f13f06dafa5017b06726725e8fe402d1f0",
                    "d8c38f3784c55515925803a9b7da381436a4abcc15fa1e4885d0fecef841ce8b"),
            plain(
                    Algorithm.JDK_RANDOM,
                    "60f6705cc5a456035b626eaa056921eebc8b0cfa6adaa570ddec9b3c6195256f",
                    "d772c45df642cf4011ba11fa65334100f7cbd50d05ae6d045faf724623870f34"),
            dgen(
                    0,
                    MIB,
                    1,
                    "df230b49615d175307d580c33d6fda61fc7b9aec91df0f5c1a5ebe3b8cbfee02",
                    "25d898c6a1054085d56aa4d622003b76cde3bd029e55c495158331f6c78a264e"),
            dgen(
                    1,
                    MIB,
                    1,
                    "9bc2036f7fd0c5cf8de03f96324142bf20f5aa57577da319d656cd059f1108bf",
                    "454e7ea318a6003599093d6f9a1e1a891fbadbf5ec6804849f76ff94063c8ee4"),
            dgen(42, MIB, 1, DGEN_42, "12e0551e2b9d1ecc79494ee9770c501606793d430aab6408c7274a95ad487af5"),
            dgen(42, 4 * MIB, 1, DGEN_42, "2f1987479683f92e958d35facdb05aabd5851349a290e7dfc41f71ca21e559d5"),
            dgen(42, 4 * MIB, 2, DGEN_42, "ba6f5793aa25f248570aab2b22a6f8453332681a6b38931bb4d8a52d7d8bee0a"));

    private GoldenVectors() {}

    static List<Vector> all() {
        return ALL;
    }

    /// @param depth short: those of one mebibyte
    static List<Vector> of(Algorithm algorithm, Layout layout, Depth depth) {
        return ALL.stream()
                .filter(vector -> vector.algorithm() == algorithm && vector.layout() == layout)
                .filter(vector -> depth == Depth.FULL || vector.length() == MIB)
                .toList();
    }

    private static Vector counter(long seed, int length, double compress, double dedup, String first, String sha256) {
        return new Vector(Algorithm.COUNTER, Layout.INTERLEAVED, seed, length, compress, dedup, first, sha256);
    }

    private static Vector plain(Algorithm algorithm, String first, String sha256) {
        return new Vector(algorithm, Layout.INTERLEAVED, 42, MIB, 1, 1, first, sha256);
    }

    private static Vector dgen(long seed, int length, double compress, String first, String sha256) {
        return new Vector(Algorithm.XOSHIRO, Layout.DGEN, seed, length, compress, 1, first, sha256);
    }
}

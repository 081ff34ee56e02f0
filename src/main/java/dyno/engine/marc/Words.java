package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The words of generated records.
final class Words {

    private static final List<String> PLAIN = List.of(("account almanac ancient annual archive atlas biography botany"
                    + " bridge catalog century chapter city coast collected commerce companion country culture design"
                    + " dictionary early economy edition education empire energy essays family field forest garden"
                    + " geology guide harbor history house industry island journal kingdom language letters library"
                    + " machine manual map medicine modern mountain museum music nature northern notes ocean painting"
                    + " physics river science society theory travel winter")
            .split(" ", -1));

    static final byte[][] WORDS = bytes(PLAIN.stream());

    /// The same with an upper-case letter first.
    static final byte[][] CAPITALISED =
            bytes(PLAIN.stream().map(word -> (char) (word.charAt(0) - 'a' + 'A') + word.substring(1)));

    static final byte[][] SURNAMES = bytes(Stream.of(
            "Abbott", "Becker", "Carter", "Dubois", "Eklund", "Fischer", "Garcia", "Hansen", "Ivanov", "Jensen",
            "Keller", "Lopez", "Moreau", "Novak", "Olsen", "Peters"));

    static final byte[][] GIVEN = bytes(Stream.of(
            "Anna", "Bruno", "Clara", "David", "Elena", "Frank", "Grete", "Hugo", "Irene", "Jonas", "Karin", "Louis",
            "Maria", "Nils", "Olga", "Paul"));

    static final byte[][] PLACES =
            bytes(Stream.of("Berlin", "Boston", "Geneva", "London", "Lyon", "Oslo", "Paris", "Prague"));

    static final byte[][] PUBLISHERS = bytes(Stream.of(
            "Arbor Press",
            "Beacon House",
            "Cedar Books",
            "Delta Verlag",
            "Elm Street",
            "Grove & Sons",
            "Harbor <Print>",
            "\"Ink\" Works"));

    /// Words beyond ASCII as UTF-8, composed.
    static final byte[][] SPECIAL_UTF8 = bytes(Stream.of(
            "caf\u00E9",
            "na\u00EFve",
            "\u0141\u00F3d\u017A",
            "Dvo\u0159\u00E1k",
            "\u00C6r\u00F8",
            "\u00DEing",
            "stra\u00DFe",
            "\u010Capek",
            "ma\u00F1ana",
            "Vi\u1EC7t",
            "\u00C5ngstr\u00F6m",
            "\u041C\u043E\u0441\u043A\u0432\u0430",
            "\u03BB\u03BF\u03B3\u03BF\u03C2",
            "\u05E9\u05DC\u05D5\u05DD",
            "\u0643\u062A\u0627\u0628",
            "\u4E2D\u6587"));

    /// The same words as MARC-8.
    static final byte[][] SPECIAL_MARC8 = Stream.of(
                    "636166E265",
                    "6E61E8697665",
                    "A1E26F64E27A",
                    "44766FE972E2616B",
                    "A572B2",
                    "A4696E67",
                    "73747261C765",
                    "E9436170656B",
                    "6D61E46E616E61",
                    "5669F2E36574",
                    "EA416E67737472E86F6D",
                    "1B284E6D4F534B57411B2842",
                    "1B28536E726472771B2842",
                    "1B2832796C656D1B2842",
                    "1B2833634A47481B2842",
                    "1B24312130342142581B2842")
            .map(HexFormat.of()::parseHex)
            .toArray(byte[][]::new);

    private Words() {}

    private static byte[][] bytes(Stream<String> words) {
        return words.map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /// One of them, as the next number says.
    static byte[] pick(byte[][] words, Draws draws) {
        return words[draws.below(words.length)];
    }
}

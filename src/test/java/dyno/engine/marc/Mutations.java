package dyno.engine.marc;

import java.util.Arrays;
import java.util.Random;

/// Damages bytes at random, with a liking for what the format gives a meaning.
final class Mutations {

    private static final int[] LIKELY = {
        0x1D, 0x1E, 0x1F, '0', '9', 'x', ' ', '\n', 0, 0xFF, 0xC3, 0xA9, 'a', '2', 0xEF, 0x1B
    };

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    byte[] damaged(byte[] clean) {
        byte[] data = clean.clone();
        for (int left = 1 + random.nextInt(8); left > 0 && data.length > 0; left--) {
            data = switch (random.nextInt(6)) {
                case 0, 1, 2 -> replaced(data);
                case 3 -> removed(data);
                case 4 -> inserted(data);
                default -> Arrays.copyOf(data, data.length - random.nextInt(Math.min(data.length, 300)));
            };
        }
        return data;
    }

    private byte[] replaced(byte[] data) {
        data[random.nextInt(data.length)] = any();
        return data;
    }

    private byte[] removed(byte[] data) {
        int from = random.nextInt(data.length);
        int to = Math.min(data.length, from + 1 + random.nextInt(60));
        byte[] shorter = Arrays.copyOf(data, data.length - (to - from));
        System.arraycopy(data, to, shorter, from, data.length - to);
        return shorter;
    }

    private byte[] inserted(byte[] data) {
        int at = random.nextInt(data.length + 1);
        int count = 1 + random.nextInt(40);
        byte[] longer = Arrays.copyOf(data, data.length + count);
        System.arraycopy(data, at, longer, at + count, data.length - at);
        byte same = any();
        boolean isRun = random.nextBoolean();
        for (int i = at; i < at + count; i++) {
            longer[i] = isRun ? same : any();
        }
        return longer;
    }

    private byte any() {
        return random.nextBoolean() ? (byte) LIKELY[random.nextInt(LIKELY.length)] : (byte) random.nextInt(256);
    }
}

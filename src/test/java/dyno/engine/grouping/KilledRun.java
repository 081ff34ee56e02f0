package dyno.engine.grouping;

import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Main of a JVM that is killed: groups until the second pass writes its output, says so, and waits for its end.
final class KilledRun {

    static final String READY = "in pass 2";
    static final Generate INPUT = new Generate(60_000, 1_500, 0.8, 11, 4, RowOrder.TIME);

    private KilledRun() {}

    /// @param arguments folder of the run
    public static void main(String[] arguments) throws Exception {
        var grouper = grouper(Path.of(arguments[0]));
        try (var trial = GroupingTrial.prepare(grouper.workload(), grouper.context(), KilledRun::waitingFile)) {
            trial.invoke();
        }
    }

    static Grouper grouper(Path folder) {
        var grouper = new Grouper(folder);
        grouper.generate = INPUT;
        grouper.strategy = Strategy.STREAMING;
        grouper.resume = true;
        return grouper;
    }

    private static WritableByteChannel waitingFile(Path path) throws IOException {
        if (!Disks.isOutput(path)) {
            return FileMaker.DISK.create(path);
        }
        FileMaker.DISK.create(path).close();
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                System.out.println(READY);
                System.out.flush();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return source.remaining();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Never comes to it.
            }
        };
    }
}

package dyno.engine.etl;

import static dyno.engine.etl.SinkLoads.activities;
import static dyno.engine.etl.SinkLoads.expected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.support.TestDatabase.Address;
import dyno.support.TestFolders;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class FileSinkTest {

    private final Path scratch = TestFolders.fresh("file-sink");
    private final Path folder = scratch.resolve("loaded");

    @Test
    void writesAFileAWorkerWithEveryLineInIt() throws Exception {
        var first = activities(1, 1, 300);
        var second = activities(2, 301, 200);
        var third = activities(3, 501, 1);
        try (var sink = open();
                var one = sink.open(0, 0);
                var other = sink.open(1, 3)) {
            one.load(first);
            other.load(second);
            one.load(third);
            assertThat(sink.disagreement(expected(first, second, third))).endsWith(".part was not finished");
            one.finish();
            other.finish();

            assertThat(sink.disagreement(expected(first, second, third))).isNull();
            assertThat(folder.resolve("0-0.jsonl"))
                    .content()
                    .hasLineCount(301)
                    .startsWith("{\"userId\":1,\"displayName\"");
            assertThat(folder.resolve("1-3.jsonl")).content().hasLineCount(200);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void tellsALineThatChanged() throws Exception {
        var load = activities(1, 1, 10);
        try (var sink = open();
                var loader = sink.open(0, 0)) {
            loader.load(load);
            loader.finish();
            try (var file = Files.newByteChannel(folder.resolve("0-0.jsonl"), StandardOpenOption.WRITE)) {
                file.position(12).write(ByteBuffer.wrap(new byte[] {'?'}));
            }

            assertThat(sink.disagreement(expected(load))).startsWith("the files hold ");
        }
    }

    @Test
    void cutsOffWhatAnInterruptedAttemptLeft() throws Exception {
        var first = activities(1, 1, 300);
        var second = activities(2, 301, 300);
        try (var sink = open();
                var loader = sink.open(0, 0)) {
            loader.load(first);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> loader.load(second));
            Files.write(folder.resolve("0-0.jsonl.part"), new byte[] {'{'}, StandardOpenOption.APPEND);
            loader.load(second.again());
            loader.finish();

            assertThat(sink.disagreement(expected(first, second))).isNull();
        }
    }

    @Test
    void beginsAnewWithEachInvocation() throws Exception {
        var load = activities(1, 1, 10);
        try (var sink = open();
                var loader = sink.open(0, 0)) {
            for (int invocation = 0; invocation < 3; invocation++) {
                sink.reset();
                loader.load(load);
                loader.finish();
                assertThat(sink.disagreement(expected(load))).isNull();
            }
        }
    }

    @Test
    void leavesNothingOfARunThatFailed() throws Exception {
        try (var sink = open()) {
            try (var loader = sink.open(0, 0)) {
                loader.load(activities(1, 1, 10));
            }
            assertThat(folder).isEmptyDirectory();
        }
        assertThat(folder).doesNotExist();
    }

    private FileSink open() throws Exception {
        return FileSink.open(new SinkDatabase(new Address("", "", "")).context(scratch));
    }
}

package dyno.support;

import dyno.engine.Databases;
import dyno.engine.Engine;
import dyno.engine.EngineException;
import dyno.engine.Estimate;
import dyno.engine.FailureCode;
import dyno.engine.Field;
import dyno.engine.InputFacts;
import dyno.engine.Machine;
import dyno.engine.Metrics;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Work;
import dyno.engine.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/// A whole engine in one class: checksums a buffer, and stops at a stage for as long as a file exists.
public final class CheckerEngine implements Engine<CheckerEngine.CheckerWorkload> {

    public enum Stop {
        NOWHERE,
        PREPARING,
        WARMUP,
        MEASURING,
        VERIFYING
    }

    public enum Database {
        NOTHING,
        /// Ask it for the schema that is this fork's own.
        ASK,
        /// Tell everybody how to get in.
        BETRAY
    }

    public record CheckerWorkload(
            @Field(value = "bytes a checksum is taken of", defaultValue = "65536", min = "1", max = "1048576")
            int blockBytes,

            @Field(value = "where to stop", defaultValue = "NOWHERE")
            Stop stop,

            @Field(value = "stops only while this file exists", defaultValue = "none", max = "4096")
            String whileExists,

            @Field(value = "what to do with the service's database", defaultValue = "NOTHING")
            Database database,

            @Field(value = "percent of its time that an invocation waits busily", defaultValue = "0", max = "1000")
            int busyWaitPercent)
            implements Workload {}

    @Override
    public String id() {
        return "checker";
    }

    @Override
    public String title() {
        return "Checksums";
    }

    @Override
    public String description() {
        return "How fast are checksums?";
    }

    @Override
    public Class<CheckerWorkload> workloadType() {
        return CheckerWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("blockBytes", 4096L);
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.bytes();
    }

    @Override
    public Estimate estimate(CheckerWorkload workload, Machine machine) {
        return new Estimate(16 << 20, 0, 1 << 20, 0.1, 0.001);
    }

    @Override
    public Optional<String> agreementKey(CheckerWorkload workload) {
        return Optional.of("blockBytes=" + workload.blockBytes());
    }

    @Override
    public Map<String, String> databases(CheckerWorkload workload) {
        return workload.database() == Database.NOTHING ? Map.of() : Map.of(Databases.SERVICE, "database");
    }

    @Override
    public Trial prepare(CheckerWorkload workload, TrialContext context) throws IOException, InterruptedException {
        Files.writeString(context.scratch().resolve("leftover"), "only the service removes this");
        stopAt(Stop.PREPARING, workload);
        approach(workload.database(), context);
        return new CheckerTrial(workload);
    }

    private static void approach(Database approach, TrialContext context) {
        switch (approach) {
            case NOTHING -> {}
            case ASK -> ask(context);
            case BETRAY -> {
                throw new EngineException(
                        FailureCode.ENGINE_ERROR, context.secrets().toString());
            }
        }
    }

    private static void ask(TrialContext context) {
        var account = Databases.account(context.secrets(), Databases.SERVICE);
        var schema = Databases.scratchSchema("checker", context.job(), context.attempt(), context.fork());
        try (var connection = DriverManager.getConnection(account.url(), account.user(), account.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new EngineException(FailureCode.DATABASE_UNAVAILABLE, "The database does not answer", e);
        }
    }

    private static void stopAt(Stop here, CheckerWorkload workload) throws InterruptedException {
        while (workload.stop() == here && Files.exists(Path.of(workload.whileExists()))) {
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    private static final class CheckerTrial implements Trial {

        private final CheckerWorkload workload;
        private final byte[] block;
        private final CRC32C crc = new CRC32C();
        private Stop stage = Stop.WARMUP;

        CheckerTrial(CheckerWorkload workload) {
            this.workload = workload;
            this.block = new byte[workload.blockBytes()];
        }

        @Override
        public Work invoke() throws InterruptedException {
            stopAt(stage, workload);
            long start = System.nanoTime();
            crc.reset();
            crc.update(block);
            waitBusily(start);
            return new Work(1, block.length);
        }

        private void waitBusily(long start) {
            long now = System.nanoTime();
            long end = now + (now - start) * workload.busyWaitPercent() / 100;
            while (now < end) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
        }

        @Override
        public void measuringStarts() {
            stage = Stop.MEASURING;
        }

        @Override
        public Verification verify() throws InterruptedException {
            stopAt(Stop.VERIFYING, workload);
            var reference = new CRC32C();
            for (byte b : block) {
                reference.update(b);
            }
            boolean same = reference.getValue() == crc.getValue();
            String digest =
                    "sha256:" + HexFormat.of().toHexDigits(crc.getValue()).repeat(4);
            return new Verification(
                    digest, null, List.of(Check.of("sameAsByteByByte", same ? null : "the sums differ")));
        }

        @Override
        public TrialReport report() {
            var metrics = new Metrics().put("blocks", 1L).values();
            return new TrialReport(List.of(), metrics, List.of(), Map.of(), InputFacts.none());
        }

        @Override
        public void close() {}
    }
}

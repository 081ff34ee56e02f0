package dyno.engine.marc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// PIPELINE: one thread reads, checks structure and cuts batches; the others serialise; output is put in order.
///
/// While as many batches are on the way as may be, the reader serialises one itself. An error of the reader
/// travels with the batch that it stands in, behind all batches before it, and never looks like the end.
final class PipelineRunner implements Runner {

    private final ReadSettings settings;
    private final RecordConsumer format;
    private final List<Batch> batches = new ArrayList<>();
    private final Workers workers;
    private final InputFile file;
    private final int batchBytes;
    private final int queueBatches;
    private byte[] carried = {};

    PipelineRunner(MarcWorkload workload, Supplier<RecordConsumer> consumers, Workers workers, InputFile file) {
        this.settings = ReadSettings.of(workload);
        this.format = consumers.get();
        this.workers = workers;
        this.file = file;
        this.batchBytes = workload.batchBytes();
        this.queueBatches = workload.queueBatches();
        // One more than may be on the way: the reader's own.
        for (int i = 0; i <= queueBatches; i++) {
            batches.add(new Batch(settings, consumers.get(), batchBytes + Window.LOOKAHEAD));
        }
    }

    @Override
    public RunResult run(Outputs outputs, int keepErrors) throws IOException, InterruptedException {
        try (var opened = file.open();
                var output = outputs.of(0)) {
            var queue = new BatchQueue(batches, queueBatches);
            var join = new OrderedJoin(output.part(0), format.separator(), queue, keepErrors);
            var reading = new Reading(opened, queue, join, keepErrors);
            var tasks = new ArrayList<Callable<Long>>();
            tasks.add(reading::readAll);
            for (int i = 1; i < workers.threads(); i++) {
                tasks.add(reading::serialise);
            }
            workers.runAll(tasks);
            var joining = new Stopwatch();
            var result = join.result(file.sizeBytes());
            output.join(format, List.of(result));
            var run = new RunResult(keepErrors);
            run.addFile(result, output.bytes());
            run.readNanos = reading.readNanos;
            run.serialiseNanos = result.busyNanos();
            run.joinNanos = join.joinNanos() + joining.nanos();
            run.writeNanos = output.writeNanos();
            run.queueHighWater = queue.highWater();
            run.readerBlockedNanos = reading.blockedNanos;
            return run;
        }
    }

    @Override
    public int workers() {
        return workers.threads();
    }

    @Override
    public void close() {
        workers.close();
    }

    /// One invocation.
    private final class Reading {

        private final InputFile.Opened opened;
        private final BatchQueue queue;
        private final OrderedJoin join;
        private final int keepErrors;
        private final Structure structure = new Structure(settings.validation());
        private final RecordView view = new RecordView();
        private final boolean stopsAtDefects = settings.errorMode() == MarcWorkload.ErrorMode.STRICT;

        /// Bytes behind the last batch, where the file is read piece by piece.
        private int carriedBytes;

        private long position;

        private boolean isAtEnd;
        private long readNanos;
        private long blockedNanos;

        Reading(InputFile.Opened opened, BatchQueue queue, OrderedJoin join, int keepErrors) {
            this.opened = opened;
            this.queue = queue;
            this.join = join;
            this.keepErrors = keepErrors;
        }

        /// The reader's part.
        ///
        /// @return records read
        long readAll() throws IOException, InterruptedException {
            try {
                long number = 0;
                long index = 0;
                while (!isAtEnd && !join.isStopped()) {
                    workers.check();
                    var batch = takeFree();
                    if (batch == null) {
                        serialise(queue.poll());
                        continue;
                    }
                    batch.restart(number++, index);
                    var watch = new Stopwatch();
                    fill(batch);
                    readNanos += watch.nanos();
                    index += batch.size();
                    send(batch);
                }
                for (var batch = queue.poll(); batch != null; batch = queue.poll()) {
                    serialise(batch);
                }
                return index;
            } finally {
                queue.close();
            }
        }

        /// Sends a batch on its way, or helps until it may go or nothing older waits.
        private void send(Batch batch) throws IOException {
            while (!queue.send(batch)) {
                var oldest = queue.poll();
                if (oldest == null) {
                    serialise(batch);
                    return;
                }
                serialise(oldest);
            }
        }

        private @org.jspecify.annotations.Nullable Batch takeFree() throws InterruptedException {
            var watch = new Stopwatch();
            var batch = queue.takeFree(workers);
            blockedNanos += watch.nanos();
            return batch;
        }

        /// A worker's part.
        ///
        /// @return batches serialised
        long serialise() throws IOException, InterruptedException {
            long count = 0;
            for (var batch = queue.take(workers); batch != null; batch = queue.take(workers)) {
                serialise(batch);
                count++;
            }
            return count;
        }

        private void serialise(@org.jspecify.annotations.Nullable Batch batch) throws IOException {
            if (batch != null) {
                batch.process(opened.file().name(), keepErrors);
                join.add(batch);
            }
        }

        private void fill(Batch batch) throws IOException {
            opened.attach(batch.window);
            boolean isInMemory = batch.window.isInMemory();
            Framer framer;
            if (isInMemory) {
                framer = new Framer(batch.window, position);
            } else {
                batch.window.seek(position, carried, carriedBytes);
                framer = new Framer(batch.window, 0);
            }
            long until = position + batchBytes;
            while (framer.offset() < until) {
                if (!batch.addNext(framer)) {
                    isAtEnd = true;
                    break;
                }
                if (isDefective(batch.last())) {
                    isAtEnd = true;
                    break;
                }
            }
            position = framer.offset();
            if (!isInMemory) {
                carry(batch.window, framer.position());
            }
        }

        private boolean isDefective(Frame frame) {
            return (frame.isLost || !structure.parse(frame, view)) && stopsAtDefects;
        }

        private void carry(Window window, int from) {
            carriedBytes = window.limit - from;
            if (carried.length < carriedBytes) {
                carried = new byte[carriedBytes + Window.LOOKAHEAD];
            }
            System.arraycopy(window.data, from, carried, 0, carriedBytes);
        }
    }
}

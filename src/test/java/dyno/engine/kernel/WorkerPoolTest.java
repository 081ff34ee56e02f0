package dyno.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dyno.engine.kernel.WorkerPool.Waiting;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkerPoolTest {

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void hasEveryWorkerDoEveryTaskOnce(Waiting waiting) throws Exception {
        var done = new AtomicIntegerArray(4);
        try (var pool = new WorkerPool(4, "test", waiting)) {
            for (int i = 0; i < 500; i++) {
                pool.run(done::incrementAndGet);
            }
        }
        for (int worker = 0; worker < 4; worker++) {
            assertThat(done.get(worker)).isEqualTo(500);
        }
    }

    @Test
    void runsWorkerZeroInTheCaller() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (var pool = new WorkerPool(3, "test", Waiting.PARK)) {
            pool.run(worker -> {
                if (worker == 0) {
                    assertThat(Thread.currentThread()).isNotIn(threads);
                }
                threads.add(Thread.currentThread());
            });
        }
        assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }

    @Test
    void makesNoThreadForOne() throws Exception {
        var seen = ConcurrentHashMap.<Thread>newKeySet();
        try (var pool = new WorkerPool(1, "test", Waiting.PARK)) {
            pool.run(worker -> seen.add(Thread.currentThread()));
        }
        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    void endsACallWithWhatAWorkerThrewAndLetsTheOthersKnow() throws Exception {
        var failed = new CountDownLatch(1);
        try (var pool = new WorkerPool(2, "test", Waiting.SPIN_THEN_PARK)) {
            assertThatExceptionOfType(WorkerFailureException.class)
                    .isThrownBy(() -> pool.run(worker -> {
                        if (worker == 1) {
                            failed.countDown();
                            throw new IOException("disk");
                        }
                        failed.await();
                        while (!pool.isStopping()) {
                            Thread.onSpinWait();
                        }
                    }))
                    .withMessage("Worker 1 failed: java.io.IOException: disk")
                    .withCauseInstanceOf(IOException.class);

            assertThat(pool.isStopping()).isFalse();
            var seen = new AtomicIntegerArray(2);
            pool.run(seen::incrementAndGet);
            assertThat(seen.get(1)).isEqualTo(1);
        }
    }

    @Test
    void reportsWhatPreparingAThreadThrew() {
        try (var pool = new WorkerPool(2, "test", Waiting.PARK, worker -> {
            throw new IllegalStateException("no processor");
        })) {
            assertThatExceptionOfType(WorkerFailureException.class)
                    .isThrownBy(() -> pool.run(worker -> {}))
                    .withMessageContaining("no processor");
        }
    }

    @Test
    void stopsItsWorkersWhenTheCallerIsInterrupted() {
        var caller = Thread.currentThread();
        try (var pool = new WorkerPool(2, "test", Waiting.PARK)) {
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> pool.run(worker -> {
                        if (worker == 1) {
                            caller.interrupt();
                            while (!pool.isStopping()) {
                                Thread.onSpinWait();
                            }
                        }
                    }));
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void endsItsThreads() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        var pool = new WorkerPool(3, "test", Waiting.SPIN_THEN_PARK);
        pool.run(worker -> threads.add(Thread.currentThread()));
        threads.remove(Thread.currentThread());

        pool.close();
        pool.close();

        assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
        assertThatIllegalStateException().isThrownBy(() -> pool.run(worker -> {}));
    }

    @Test
    void needsAtLeastItsCaller() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkerPool(0, "test", Waiting.PARK));
    }
}

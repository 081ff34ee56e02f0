package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubmissionGateTest {

    private static final int PLACES = 6;

    private final SubmissionGate gate = new SubmissionGate();

    @Test
    void letsFewWorkAtOnceAndAllInTheEnd() throws Exception {
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(PLACES);
        var all = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                all.add(threads.submit(() -> gate.pass(() -> {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    // Nobody leaves before every place was taken once.
                    full.countDown();
                    await(full);
                    atWork.decrementAndGet();
                    return number;
                })));
            }
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get()).isEqualTo(i);
            }
        }

        assertThat(most.get()).isEqualTo(PLACES);
    }

    @Test
    void hasThePlaceOfARefusedOneBack() {
        for (int i = 0; i < 2 * PLACES; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> gate.pass(() -> {
                        throw new IllegalStateException("refused");
                    }));
        }

        assertThat(gate.<String>pass(() -> "taken")).isEqualTo("taken");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

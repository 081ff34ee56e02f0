package dyno.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInTheOrderOfAdding() throws Exception {
        Closing.all(List.of(thing("a"), thing("b"))).and(thing("c")).close();

        assertThat(closed).containsExactly("a", "b", "c");
    }

    @Test
    void closesTheOthersWhereOneFailsAndThrowsTheFirstFailure() {
        var first = new IllegalStateException("first");
        var second = new AssertionError("second");
        var third = new IOException("third");

        assertThatThrownBy(() -> Closing.all(thing("a"), failing(first), failing(second), failing(third), thing("b"))
                        .close())
                .isSameAs(first)
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(second, third));
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void throwsErrorsAndInputOutputTroubleAsTheyAre() {
        var error = new AssertionError("error");
        var trouble = new IOException("trouble");

        assertThatThrownBy(() -> Closing.all(failing(error)).close()).isSameAs(error);
        assertThatThrownBy(() -> Closing.all(failing(trouble)).close()).isSameAs(trouble);
    }

    @Test
    void suppressesWhatClosingThrowsInTheCauseThatWasThereBefore() {
        var cause = new IOException("opening");
        var late = new IllegalStateException("closing");

        Closing.all(failing(late), thing("a")).after(cause);

        assertThat(cause.getSuppressed()).containsExactly(late);
        assertThat(closed).containsExactly("a");
    }

    @Test
    void passesOverWhatWasNotOpened() throws Exception {
        Closing.all(null, thing("a"), null).and((AutoCloseable) null).close();

        assertThat(closed).containsExactly("a");
    }

    @Test
    void closesEachThingOnce() throws Exception {
        var closing = Closing.all(thing("a"));
        closing.close();
        closing.close();

        assertThat(closed).containsExactly("a");
    }

    @Test
    void doesNotSuppressAFailureInItself() {
        var same = new IllegalStateException("same");

        assertThatThrownBy(() -> Closing.all(failing(same), failing(same)).close())
                .isSameAs(same)
                .hasNoSuppressedExceptions();
    }

    @Test
    void keepsTheInterruptOfAThingThatWasInterrupted() {
        var interrupt = new InterruptedException("waiting");
        try {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Closing.all(failing(interrupt)).close())
                    .withCause(interrupt);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    private AutoCloseable thing(String name) {
        return () -> closed.add(name);
    }

    private static AutoCloseable failing(Throwable failure) {
        return () -> {
            switch (failure) {
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalArgumentException(failure);
            }
        };
    }
}

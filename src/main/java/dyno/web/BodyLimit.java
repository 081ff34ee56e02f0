package dyno.web;

import dyno.web.LimitedInput.Bounds;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Ends the reading of a body with `too-large` once it exceeds [#MAX_BYTES], whether it said so beforehand or not, and
/// has only so many large ones in memory at once.
/// Handlers that stream bodies of any size to disk lift the limit for themselves.
public final class BodyLimit implements Filter {

    /// 1 MiB.
    public static final int MAX_BYTES = 1 << 20;

    /// A mebibyte in a minute is a telephone line's pace.
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// Few, so that a small heap has room for what they become. Clients that trickle keep this room for a minute at
    /// most.
    private static final int LARGE_AT_ONCE = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bounds bounds;
    private final LargeBodies large;

    BodyLimit(LongSupplier nanoTime) {
        this(nanoTime, new LargeBodies(LARGE_AT_ONCE, PATIENCE));
    }

    BodyLimit(LongSupplier nanoTime, LargeBodies large) {
        this.bounds = new Bounds(MAX_BYTES, nanoTime, LIMIT_NANOS);
        this.large = large;
    }

    /// The body with a limit of its own, for as long as it takes to arrive.
    ///
    /// @throws ProblemException `too-large` where the body says that it is; reading it throws the same later on
    public static ServletInputStream lift(HttpServletRequest request, long maxBytes) throws IOException {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
            if (wrapper instanceof Limited) {
                break;
            }
        }
        return new LimitedInput(
                inner.getInputStream(),
                new Bounds(maxBytes, () -> 0, Long.MAX_VALUE),
                request.getContentLengthLong(),
                _ -> {});
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (var guest = large.guest()) {
            chain.doFilter(new Limited((HttpServletRequest) request, bounds, guest), response);
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final Bounds bounds;
        private final LargeBodies.Guest guest;
        private @Nullable ServletInputStream input;
        private @Nullable BufferedReader reader;

        Limited(HttpServletRequest request, Bounds bounds, LargeBodies.Guest guest) {
            super(request);
            this.bounds = bounds;
            this.guest = guest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (input == null) {
                input = new LimitedInput(super.getInputStream(), bounds, getContentLengthLong(), guest::arrived);
            }
            return input;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            if (reader == null) {
                reader = new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
            }
            return reader;
        }
    }
}

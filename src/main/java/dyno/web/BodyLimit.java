package dyno.web;

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
import org.jspecify.annotations.Nullable;

/// Ends the reading of a body with `too-large` once it exceeds [#MAX_BYTES], whether it said so beforehand or not.
/// Handlers that stream bodies of any size to disk lift the limit for themselves.
public final class BodyLimit implements Filter {

    /// 1 MiB.
    public static final int MAX_BYTES = 1 << 20;

    BodyLimit() {}

    /// The body with a limit of its own.
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
        return new LimitedInput(inner.getInputStream(), maxBytes, request.getContentLengthLong());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Limited((HttpServletRequest) request), response);
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private @Nullable ServletInputStream input;
        private @Nullable BufferedReader reader;

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (input == null) {
                input = new LimitedInput(super.getInputStream(), MAX_BYTES, getContentLengthLong());
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

package dyno.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;

/// Gives each request its id (in the answer's header, in each log line of its thread, for problems), and each answer
/// what browsers have to know to do no harm with it.
final class RequestIdFilter implements Filter {

    private static final String LOG_KEY = "requestId";
    private static final String TRACE_KEY = "traceId";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var id = request.getDispatcherType() == DispatcherType.REQUEST
                ? RequestId.assign(request, ((HttpServletRequest) request).getHeader(RequestId.HEADER))
                : RequestId.of(request);
        ((HttpServletResponse) response).setHeader(RequestId.HEADER, id);
        SafeHeaders.set((HttpServletRequest) request, (HttpServletResponse) response);
        MDC.put(LOG_KEY, id);
        TraceParent.parse(((HttpServletRequest) request).getHeader(TraceParent.HEADER))
                .ifPresent(trace -> MDC.put(TRACE_KEY, trace.traceId()));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(LOG_KEY);
            MDC.remove(TRACE_KEY);
        }
    }
}

package dyno.security;

import dyno.web.ProblemException;
import dyno.web.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Writes down every request that may change something, once it is allowed to.
final class AuditFilter extends OncePerRequestFilter {

    private static final int MAX_PATH = 1_000;

    private final AuditLog log;
    private final InstantSource clock;

    AuditFilter(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Access.isLook(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof KeyHolder holder)) {
            throw new IllegalStateException("Somebody without a key was let through to change something");
        }
        long row = log.begun(write(request, holder.key()), clock.instant());
        try {
            chain.doFilter(request, response);
        } catch (ProblemException e) {
            log.answered(row, e.code().status());
            throw e;
        }
        log.answered(row, response.getStatus());
    }

    private static AuditLog.Write write(HttpServletRequest request, ApiKey key) {
        var path = request.getRequestURI();
        return new AuditLog.Write(
                key.name(),
                key.prefix(),
                request.getRemoteAddr(),
                request.getMethod(),
                path.substring(0, Math.min(path.length(), MAX_PATH)),
                RequestId.of(request));
    }
}

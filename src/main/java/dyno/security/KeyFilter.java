package dyno.security;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who asks, and whether they ask too often. A key that is sent has to be good, also where none is needed.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750, bearer tokens</a>
final class KeyFilter extends OncePerRequestFilter {

    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    private final ApiKeys keys;
    private final RequestLimit addresses;
    private final RequestLimit holders;

    KeyFilter(ApiKeys keys, RequestLimit addresses, RequestLimit holders) {
        this.keys = keys;
        this.addresses = addresses;
        this.holders = holders;
    }

    /// Whoever watches over the service is neither asked nor limited.
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/health");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        addresses.pass(Asker.of(request.getRemoteAddr()));
        var sent = sent(request);
        if (sent.isPresent()) {
            var key = keys.authenticate(sent.get())
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.UNAUTHENTICATED, "The key is not known, has expired or was revoked"));
            holders.pass(key.prefix());
            SecurityContextHolder.getContext().setAuthentication(new KeyHolder(key));
        }
        chain.doFilter(request, response);
    }

    private static Optional<String> sent(HttpServletRequest request) {
        var headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        var bearer = BEARER.matcher(headers.getFirst().strip());
        if (headers.size() > 1 || !bearer.matches()) {
            throw new ProblemException(
                    ProblemCode.UNAUTHENTICATED, "The header Authorization has to be one, and to be: Bearer KEY");
        }
        return Optional.of(bearer.group(1));
    }
}

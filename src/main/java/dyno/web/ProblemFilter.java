package dyno.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.DisconnectedClientHelper;

/// Answers whatever filters, controllers and the way to them throw and no advice has words for.
final class ProblemFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    private final ProblemTranslator translator;

    ProblemFilter(ProblemTranslator translator) {
        this.translator = translator;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
                LOG.debug("client of request {} is gone", RequestId.of(request), e);
                return;
            }
            if (response.isCommitted()) {
                // Half an answer is out. The container breaks the connection, so that nobody takes it for a whole one.
                throw e;
            }
            response.reset();
            var problem = translator.translate(e, (HttpServletRequest) request);
            problem.write((HttpServletResponse) response, RequestId.of(request));
        }
    }
}

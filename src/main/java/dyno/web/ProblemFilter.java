package dyno.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Answers what filters throw, as the advice answers what controllers throw.
final class ProblemFilter implements Filter {

    private final ProblemTranslator translator;

    ProblemFilter(ProblemTranslator translator) {
        this.translator = translator;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException e) {
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

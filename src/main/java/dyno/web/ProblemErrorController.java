package dyno.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// Answers errors that the container dispatches: what was sent with `sendError`, and what no advice saw.
@Controller
final class ProblemErrorController implements ErrorController {

    private final ProblemTranslator translator;

    ProblemErrorController(ProblemTranslator translator) {
        this.translator = translator;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    @Nullable
    ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
        var problem = problem(request);
        // Where half an answer is out, nothing may follow it; the container closes the connection after this.
        return response.isCommitted() ? null : problem.answer(RequestId.of(request), new HttpHeaders());
    }

    private Problem problem(HttpServletRequest request) {
        // Tomcat's own, while it read the body; whoever read from it may have made a problem of this, but Tomcat
        // takes no answer after an exception of its own except on this way.
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof SocketTimeoutException) {
            return Problem.of(ProblemCode.REQUEST_TIMEOUT, "The body stopped arriving");
        }
        // Tomcat's own as well: a client that went away is nobody's defect.
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof EOFException) {
            return Problem.of(ProblemCode.INVALID_REQUEST, "The body ends early");
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            return translator.translate(thrown, request);
        }
        // Without a status, somebody asked for the error page itself, which is nothing to them.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var code = ProblemCode.ofStatus(status);
        return Problem.of(code, code.title());
    }
}

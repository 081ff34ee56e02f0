package dyno.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
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
    ResponseEntity<Object> error(HttpServletRequest request) {
        return problem(request).answer(RequestId.of(request), new HttpHeaders());
    }

    private Problem problem(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            return translator.translate(thrown, request);
        }
        // Without a status, somebody asked for the error page itself, which is nothing to them.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var code = ProblemCode.ofStatus(status);
        return Problem.of(code, code.title());
    }
}

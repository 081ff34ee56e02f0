package dyno.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Answers what controllers refuse, and what Spring refuses on the way to them. Anything else that is thrown there
/// passes on to [ProblemFilter].
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    /// Pattern of the handler that serves files and takes what no controller does.
    private static final String ANY_PATH = "/**";

    @ExceptionHandler
    ResponseEntity<Object> answer(ProblemException e, WebRequest request) {
        return answer(Problem.of(e), new HttpHeaders(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (ANY_PATH.equals(
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, WebRequest.SCOPE_REQUEST))) {
            return answer(nothingHere(request), new HttpHeaders(), request);
        }
        var allowed = e.getSupportedMethods() == null ? Set.<String>of() : Set.of(e.getSupportedMethods());
        return answer(
                Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "%s is not allowed here; allowed are %s".formatted(Shown.name(e.getMethod()), words(allowed))),
                headers,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var sent =
                e.getContentType() == null ? "no Content-Type" : "Content-Type " + Shown.name("" + e.getContentType());
        var detail = "The request has %s; send %s".formatted(sent, mediaTypes(e.getSupportedMediaTypes()));
        return answer(Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var detail = "The answer can be had as " + mediaTypes(e.getSupportedMediaTypes());
        return answer(Problem.of(ProblemCode.NOT_ACCEPTABLE, detail), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(nothingHere(request), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(nothingHere(request), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problem.of(ProblemCode.MALFORMED_JSON, "The body cannot be read"), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(invalid(e.getParameterName(), "is required"), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (!(e instanceof MethodArgumentTypeMismatchException argument)) {
            return super.handleTypeMismatch(e, headers, status, request);
        }
        // What cannot even be an id names nothing.
        var problem = argument.getParameter().hasParameterAnnotation(PathVariable.class)
                ? nothingHere(request)
                : invalid(argument.getName(), "%s is not of the right type".formatted(Shown.value(e.getValue())));
        return answer(problem, headers, request);
    }

    /// Everything that Spring throws and no method above has words for. What is our own fault goes on to
    /// [ProblemFilter].
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var code = ProblemCode.ofStatus(status.value());
        if (code == ProblemCode.INTERNAL) {
            throw new IllegalStateException(e);
        }
        return answer(Problem.of(code, code.title()), headers, request);
    }

    private static Problem nothingHere(WebRequest request) {
        return Problem.of(
                ProblemCode.NOT_FOUND,
                "There is nothing at " + Shown.name(servletRequest(request).getRequestURI()));
    }

    private static Problem invalid(String parameter, String fault) {
        var violation = new Violation("?" + parameter, parameter + ' ' + fault);
        return new Problem(ProblemCode.INVALID_REQUEST, violation.message(), List.of(violation), null);
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers, WebRequest request) {
        return problem.answer(RequestId.of(servletRequest(request)), headers);
    }

    private static HttpServletRequest servletRequest(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }

    private static String mediaTypes(Collection<MediaType> types) {
        return types.isEmpty() ? MediaType.APPLICATION_JSON_VALUE : words(types);
    }

    private static String words(Collection<?> things) {
        return things.stream().map(Object::toString).distinct().sorted().collect(Collectors.joining(", "));
    }
}

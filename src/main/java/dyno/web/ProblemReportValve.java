package dyno.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/// Answers requests that Tomcat refuses before any filter sees them: request lines and headers that are too long
/// or break HTTP.
///
/// Public, with a public constructor, because Tomcat makes it by its name.
public final class ProblemReportValve extends ErrorReportValve {

    private static final int TOO_LARGE = 431;

    /// Tomcat answers headers that are too large with 400 like any broken header; only its words differ.
    private static final String TOO_LARGE_WORDS =
            StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        boolean isOurs =
                response.getStatus() >= 400 && response.getContentWritten() == 0 && response.setErrorReported();
        if (isOurs && canStillWrite(response)) {
            try {
                var code = ProblemCode.ofStatus(status(request, response, thrown));
                Problem.of(code, detail(code)).write(response.getResponse(), RequestId.of(request));
            } catch (IOException e) {
                // The client is gone, and with it everybody who could be told.
                container.getLogger().debug("A problem could not be sent", e);
            }
        }
    }

    private static boolean canStillWrite(Response response) {
        var isAllowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, isAllowed);
        return isAllowed.get();
    }

    private static int status(Request request, Response response, @Nullable Throwable thrown) {
        if (thrown != null && TOO_LARGE_WORDS.equals(thrown.getMessage())) {
            // While the request line is read, there is no address yet.
            return request.getRequestURI() == null ? 414 : TOO_LARGE;
        }
        return response.getStatus();
    }

    private static String detail(ProblemCode code) {
        return switch (code) {
            case INVALID_REQUEST -> "The request is not valid HTTP/1.1";
            default -> code.title();
        };
    }
}

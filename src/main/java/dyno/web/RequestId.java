package dyno.web;

import jakarta.servlet.ServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The id under which an answer, its problem and its log lines are found again.
public final class RequestId {

    static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();

    /// What may be logged and sent back as it came.
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private RequestId() {}

    /// The request's id; makes one where there is none yet.
    public static String of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : assign(request, null);
    }

    /// @param inbound the id that the client sent; taken where it is sane
    static String assign(ServletRequest request, @Nullable String inbound) {
        var id = inbound != null && SANE.matcher(inbound).matches()
                ? inbound
                : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}

package dyno.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every way in which the service says no: the `code` of a problem, its status, its title, and what to do.
public enum ProblemCode {
    MALFORMED_JSON(
            400,
            "The body is not valid JSON",
            "Send one JSON value in UTF-8: no duplicate keys, no more than 32 levels."),
    UNKNOWN_FIELD(400, "The body has fields that are not known", "Correct or remove the fields that errors lists."),
    INVALID_REQUEST(
            400, "The request breaks types or bounds", "Correct everything that errors lists, or what detail says."),
    UNAUTHENTICATED(401, "A key is needed", "Send Authorization: Bearer KEY; ./dyno keys create makes one."),
    FORBIDDEN(403, "The key does not allow this", "Use a key of the scope that detail names."),
    NOT_FOUND(404, "There is nothing at this address", "Check the address and the id in it."),
    UNKNOWN_ENGINE(404, "There is no such engine", "GET /api/v1/engines lists them."),
    UNKNOWN_SUITE(404, "There is no such suite", "GET /api/v1/suites lists them."),
    UNKNOWN_DATASET(404, "There is no such dataset", "GET /api/v1/datasets lists them; PUT brings a new one."),
    METHOD_NOT_ALLOWED(405, "The address does not take this method", "Use a method that the header Allow lists."),
    NOT_ACCEPTABLE(
            406, "The answer cannot be had in the media type asked for", "Accept the media type that detail names."),
    REQUEST_TIMEOUT(408, "The request took too long to arrive", "Send it again, faster."),
    JOB_FINISHED(409, "The job is finished", "Nothing can be done to it any more; its state tells how it ended."),
    NAME_TAKEN(409, "The name is taken", "Choose another name, or delete what has it."),
    IDEMPOTENCY_IN_PROGRESS(
            409, "A request with this Idempotency-Key is still in progress", "Send it again after a moment."),
    DATASET_IN_USE(409, "The dataset is in use", "Wait until the jobs that read it have ended."),
    RUN_IN_USE(409, "The run is in use", "Make another run the baseline, or wait for the job that detail names."),
    LENGTH_REQUIRED(411, "The request has to say how long its body is", "Send the header Content-Length."),
    TOO_LARGE(
            413,
            "The request is too large",
            "JSON bodies may have 1 MiB, files of datasets what dyno.dataset.max-file-size says."),
    URI_TOO_LONG(414, "The address is too long", "Shorten the address or its query."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported", "Send the media type that detail names."),
    INVALID_WORKLOAD(422, "Fields of the workload contradict each other", "Resolve everything that errors lists."),
    TOO_MANY_CASES(422, "The job has too many cases", "A job may have 256 cases; split it."),
    RESOURCE_LIMIT(422, "This needs more than the node has", "Make it smaller, or use a larger node."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key was used with another body",
            "Use a new key for each new body; keys are kept for 24 hours."),
    INVALID_DATASET(
            422,
            "The dataset breaks its format",
            "Correct the file at the place that file, byte, line, row and column name."),
    HOST_NOT_ALLOWED(
            422,
            "Webhooks may not go to this host",
            "Choose a host that dyno.webhooks.allowed-hosts names, or have it name this one."),
    QUEUE_FULL(429, "The queue is full", "Send it again after the seconds that Retry-After gives."),
    RATE_LIMITED(429, "Too many requests", "Send it again after the seconds that Retry-After gives."),
    HEADERS_TOO_LARGE(431, "The request's headers are too large", "Shorten the headers."),
    INTERNAL(
            500,
            "Something went wrong here",
            "A defect: report it with the requestId; the log has the cause under it."),
    DATABASE_UNAVAILABLE(
            503, "The database is out of reach", "Send it again after the seconds that Retry-After gives."),
    SHUTTING_DOWN(503, "The service is shutting down", "Send it again after the seconds that Retry-After gives.");

    private final int status;
    private final String title;
    private final String remedy;

    ProblemCode(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// What a client can do about it.
    public String remedy() {
        return remedy;
    }

    /// As it stands in answers and URLs: `unknown-field`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ProblemCode> find(String code) {
        return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
    }

    /// The problem that a status means where nothing more is known. Statuses that the service does not have
    /// become the nearest that it has: every other fault of the client 400, every other fault of ours 500.
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 411 -> LENGTH_REQUIRED;
            case 413 -> TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> RATE_LIMITED;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> SHUTTING_DOWN;
            // 501 and 505: a transfer encoding or a version of HTTP that the client chose.
            case 501, 505 -> INVALID_REQUEST;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL;
        };
    }
}

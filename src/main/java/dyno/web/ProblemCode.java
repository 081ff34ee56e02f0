package dyno.web;

/// Every way in which the service says no: the `code` of a problem, its status and its title.
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not valid JSON"),
    UNKNOWN_FIELD(400, "The body has fields that are not known"),
    INVALID_REQUEST(400, "The request breaks types or bounds"),
    NOT_FOUND(404, "There is nothing at this address"),
    UNKNOWN_ENGINE(404, "There is no such engine"),
    UNKNOWN_SUITE(404, "There is no such suite"),
    UNKNOWN_DATASET(404, "There is no such dataset"),
    METHOD_NOT_ALLOWED(405, "The address does not take this method"),
    NOT_ACCEPTABLE(406, "The answer cannot be had in the media type asked for"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    JOB_FINISHED(409, "The job is finished"),
    NAME_TAKEN(409, "The name is taken"),
    IDEMPOTENCY_IN_PROGRESS(409, "A request with this Idempotency-Key is still in progress"),
    DATASET_IN_USE(409, "The dataset is in use"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
    INVALID_WORKLOAD(422, "Fields of the workload contradict each other"),
    TOO_MANY_CASES(422, "The job has too many cases"),
    RESOURCE_LIMIT(422, "The job needs more than this node has"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used with another body"),
    INVALID_DATASET(422, "The dataset breaks its format"),
    QUEUE_FULL(429, "The queue is full"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The request's headers are too large"),
    INTERNAL(500, "Something went wrong here"),
    DATABASE_UNAVAILABLE(503, "The database is out of reach"),
    SHUTTING_DOWN(503, "The service is shutting down");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// As it stands in answers and URLs: `unknown-field`.
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

package dyno.web;

import dyno.web.Answer.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Sees to it that requests with one Idempotency-Key do their work once, on however many nodes they arrive.
///
/// The work runs in the transaction that keeps its answer: both are committed, or neither is. Whatever the work
/// throws leaves the key unused. Safe for any number of threads.
@Component
public final class IdempotencyKeys {

    /// Name of the request's header.
    public static final String HEADER = "Idempotency-Key";

    static final String REPLAYED_HEADER = "Idempotency-Replayed";

    /// How long a key is remembered.
    static final Duration KEPT = Duration.ofHours(24);

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");

    private static final Duration RETRY_IN_PROGRESS = Duration.ofSeconds(1);

    private final IdempotencyKeyStore store;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    IdempotencyKeys(IdempotencyKeyStore store, PlatformTransactionManager transactions, InstantSource clock) {
        this.store = store;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /// Does the work, or gives the answer that it had the first time.
    ///
    /// @param key           header `Idempotency-Key`; null where there is none: the work is simply done
    /// @param scope         what the key is used for: `POST /api/v1/jobs`
    /// @param canonicalBody the body as [CanonicalJson] writes it
    /// @param work          joins the transaction of the calling thread; throws where the request is refused
    /// @throws ProblemException `invalid-request` for a key that is not 1 to 128 printable characters,
    ///         `idempotency-in-progress` while another request with the key is at work,
    ///         `idempotency-key-reused` where it came with another body
    public Outcome once(@Nullable String key, String scope, String canonicalBody, Supplier<Answer> work) {
        if (key == null) {
            return new Outcome(work.get(), false);
        }
        if (!PRINTABLE.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    HEADER + " %s is not 1 to 128 printable ASCII characters".formatted(Shown.value(key)));
        }
        var digest = sha256(canonicalBody);
        return Objects.requireNonNull(transaction.execute(status -> onceInTransaction(scope, key, digest, work)));
    }

    private Outcome onceInTransaction(String scope, String key, byte[] digest, Supplier<Answer> work) {
        if (!store.tryLock(scope, key)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_IN_PROGRESS,
                    "The first request with %s %s has no answer yet".formatted(HEADER, Shown.value(key)),
                    List.of(),
                    RETRY_IN_PROGRESS);
        }
        var now = clock.instant();
        return store.find(scope, key, now.minus(KEPT))
                .map(kept -> replay(kept, key, digest))
                .orElseGet(() -> {
                    var answer = work.get();
                    store.removeSomeBefore(now.minus(KEPT));
                    store.put(scope, key, new IdempotencyKeyStore.Kept(digest, answer), now);
                    return new Outcome(answer, false);
                });
    }

    private static Outcome replay(IdempotencyKeyStore.Kept kept, String key, byte[] digest) {
        if (!MessageDigest.isEqual(kept.bodyDigest(), digest)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "%s %s came with another body within the last 24 hours".formatted(HEADER, Shown.value(key)));
        }
        return new Outcome(kept.answer(), true);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

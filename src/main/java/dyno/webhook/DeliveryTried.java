package dyno.webhook;

/// Published when a delivery was tried, and what became of that is stored.
public record DeliveryTried(Outcome outcome) {

    public enum Outcome {
        /// It arrived.
        DELIVERED,
        /// It did not, and will be tried again.
        RETRIED,
        /// It did not, for the last time.
        FAILED
    }
}

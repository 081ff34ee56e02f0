package dyno.webhook;

/// Published when there is something to send, within the transaction that stores it; listen after its
/// commit.
record DeliveryAdded() {}

package dyno.engine.aggregation;

import java.net.URI;
import java.util.List;

/// The object store that an operator configured. Immutable.
///
/// @param endpoint  of its S3 interface
/// @param region    as requests are signed for
/// @param accessKey name of the account
/// @param secretKey what signs requests
/// @param buckets   that jobs may name, at least one; generated input goes to the first
public record ObjectStore(URI endpoint, String region, String accessKey, String secretKey, List<String> buckets) {

    /// @throws IllegalArgumentException where there is no bucket, or an endpoint without scheme and host
    public ObjectStore {
        buckets = List.copyOf(buckets);
        if (buckets.isEmpty()) {
            throw new IllegalArgumentException("An object store without buckets: name at least one that jobs may use");
        }
        if (endpoint.getScheme() == null || endpoint.getHost() == null) {
            throw new IllegalArgumentException("The object store's endpoint lacks scheme or host");
        }
    }

    /// Where generated input is put.
    String uploads() {
        return buckets.getFirst();
    }

    /// Without anything that would let somebody in.
    @Override
    public String toString() {
        return "ObjectStore[buckets=%s]".formatted(buckets);
    }
}

package dyno.engine.aggregation;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Settings on their way into a fork, among the trial's secrets.
///
/// Whatever is a secret is an entry of its own, as values are struck out of what a fork says; all else
/// is one entry, since a fork says `24` and names buckets for other reasons.
final class LentSettings {

    private static final String PLAIN = "aggregation.settings";
    private static final String ENDPOINT = "aggregation.store.endpoint";
    private static final String ACCESS_KEY = "aggregation.store.accessKey";
    private static final String SECRET_KEY = "aggregation.store.secretKey";
    private static final String STORE_ABSENT = "-";

    private LentSettings() {}

    /// @param withStore whether the trial reads objects
    static Map<String, String> write(AggregationSettings settings, boolean withStore) {
        var lent = new LinkedHashMap<String, String>();
        var store = withStore ? settings.store() : null;
        lent.put(
                PLAIN,
                String.join(
                        " ",
                        Long.toString(settings.maxGeneratedRows()),
                        Long.toString(settings.textCacheBytes()),
                        Long.toString(settings.inputCacheBytes()),
                        settings.keepSchemas().toString(),
                        store == null ? STORE_ABSENT : store.region(),
                        store == null ? STORE_ABSENT : String.join(",", store.buckets())));
        if (store != null) {
            lent.put(ENDPOINT, store.endpoint().toString());
            lent.put(ACCESS_KEY, store.accessKey());
            lent.put(SECRET_KEY, store.secretKey());
        }
        return lent;
    }

    /// @param own what holds where the trial was lent none
    static AggregationSettings read(Map<String, String> secrets, AggregationSettings own) {
        var plain = secrets.get(PLAIN);
        if (plain == null) {
            return own;
        }
        var fields = List.of(plain.split(" ", -1));
        var endpoint = secrets.get(ENDPOINT);
        var store = endpoint == null
                ? null
                : new ObjectStore(
                        URI.create(endpoint),
                        fields.get(4),
                        secrets.getOrDefault(ACCESS_KEY, ""),
                        secrets.getOrDefault(SECRET_KEY, ""),
                        List.of(fields.get(5).split(",", -1)));
        return new AggregationSettings(
                store,
                Long.parseLong(fields.get(0)),
                Long.parseLong(fields.get(1)),
                Long.parseLong(fields.get(2)),
                Duration.parse(fields.get(3)));
    }
}

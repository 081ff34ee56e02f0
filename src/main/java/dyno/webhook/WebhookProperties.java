package dyno.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `dyno.webhooks`.
///
/// @param allowedHosts          hosts that webhooks may go to; where there are none, there are no webhooks
/// @param allowPrivateAddresses whether a host may have an address that is not public
/// @param keepDeliveries        how long deliveries are listed
@ConfigurationProperties("dyno.webhooks")
record WebhookProperties(
        @DefaultValue List<String> allowedHosts,
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("30d") Duration keepDeliveries) {

    /// @throws IllegalArgumentException where a setting makes no sense
    WebhookProperties {
        if (!keepDeliveries.isPositive()) {
            throw new IllegalArgumentException(
                    "dyno.webhooks.keep-deliveries is %s; it has to be more than 0".formatted(keepDeliveries));
        }
    }
}

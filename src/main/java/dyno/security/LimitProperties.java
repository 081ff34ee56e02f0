package dyno.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `dyno.limits`; they count where keys are asked for.
///
/// @param keyPerSecond     requests a second that one key may send for long
/// @param keyBurst         requests that one key may send at once
/// @param addressPerSecond requests a second from one address, whatever key they carry, or none
/// @param addressBurst     requests that may come from one address at once
@ConfigurationProperties("dyno.limits")
record LimitProperties(
        @DefaultValue("100") long keyPerSecond,
        @DefaultValue("500") long keyBurst,
        @DefaultValue("200") long addressPerSecond,
        @DefaultValue("1000") long addressBurst) {

    LimitProperties {
        if (Math.min(Math.min(keyPerSecond, keyBurst), Math.min(addressPerSecond, addressBurst)) < 1) {
            throw new IllegalArgumentException("A limit under dyno.limits is below 1: %d, %d, %d, %d"
                    .formatted(keyPerSecond, keyBurst, addressPerSecond, addressBurst));
        }
    }
}

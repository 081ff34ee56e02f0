package dyno;

import java.util.Map;

/// Whether clients have to say who they are: `DYNO_AUTH`.
enum Authentication {
    /// Nobody is asked; the service listens on the loopback only.
    OFF,
    /// Every request needs a key, but those that docs/reference/access.md lists as open.
    KEYS;

    /// @throws CannotStartException where it is neither `off` nor `keys`
    static Authentication of(Map<String, String> environment) {
        return switch (environment.getOrDefault("DYNO_AUTH", "").strip()) {
            case "", "off" -> OFF;
            case "keys" -> KEYS;
            case String other ->
                throw new CannotStartException("DYNO_AUTH is '%s' and has to be off or keys".formatted(other));
        };
    }

    /// As setting `dyno.auth` has it.
    String setting() {
        return this == KEYS ? "keys" : "off";
    }
}

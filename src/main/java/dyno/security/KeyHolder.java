package dyno.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// The holder of a key that was proven, as Spring Security knows them.
final class KeyHolder extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient ApiKey key;

    KeyHolder(ApiKey key) {
        super(List.of());
        this.key = key;
        setAuthenticated(true);
    }

    ApiKey key() {
        return key;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getPrincipal() {
        return key.name();
    }
}

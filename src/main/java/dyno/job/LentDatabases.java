package dyno.job;

import dyno.engine.Databases;
import dyno.engine.Databases.Account;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The databases that trials may be lent: the service's own, and the targets that the operator configured.
///
/// Immutable. Its text holds nobody's credentials.
final class LentDatabases {

    private final Map<String, Account> accounts = new LinkedHashMap<>();

    /// @param service the service's own
    /// @param targets by the names that workloads use
    /// @throws IllegalArgumentException where a target is called `service`: that word means the service's own
    LentDatabases(Account service, Map<String, Account> targets) {
        accounts.put(Databases.SERVICE, service);
        targets.forEach((name, account) -> {
            if (name.equals("service")) {
                throw new IllegalArgumentException(
                        "dyno.etl.targets.service is no name for a target: it means the service's own database");
            }
            accounts.put(Databases.TARGET_PREFIX + name, account);
        });
    }

    boolean has(String name) {
        return accounts.containsKey(name);
    }

    /// What a trial gets that was promised these databases.
    ///
    /// @throws IllegalArgumentException where one of them is not there, as on a node that lacks a target
    Map<String, String> secrets(Collection<String> names) {
        var secrets = new LinkedHashMap<String, String>();
        for (var name : names) {
            var account = accounts.get(name);
            if (account == null) {
                throw new IllegalArgumentException(missing(name));
            }
            secrets.put(name + ".url", account.url());
            secrets.put(name + ".user", account.user());
            secrets.put(name + ".password", account.password());
        }
        return secrets;
    }

    /// One sentence, and what would be right.
    String missing(String name) {
        var target = name.substring(name.indexOf('.') + 1);
        var configured = accounts.keySet().stream()
                .filter(other -> other.startsWith(Databases.TARGET_PREFIX))
                .map(other -> other.substring(Databases.TARGET_PREFIX.length()))
                .toList();
        return "'%s' is not configured here (dyno.etl.targets.%s.url); service%s"
                .formatted(target, target, configured.isEmpty() ? "" : " or one of " + configured);
    }

    @Override
    public String toString() {
        return "LentDatabases" + accounts.keySet();
    }
}

package dyno;

import dyno.result.AlertStore;
import dyno.result.NewAlert;
import dyno.suite.NightlyMissing;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Raises the alert of a schedule that has been silent: schedules notice it, results keep alerts, and
/// neither knows the other. Both are one transaction. Safe for any number of threads and nodes.
@Component
class MissingNightlyAlerts {

    private final AlertStore alerts;

    MissingNightlyAlerts(AlertStore alerts) {
        this.alerts = alerts;
    }

    @EventListener
    void on(NightlyMissing event) {
        var since = event.silentSince().toString();
        alerts.raise(NewAlert.missingNightly(
                event.schedule(),
                "MISSING_NIGHTLY %s %s".formatted(event.schedule(), since),
                "Schedule %s has not succeeded since %s".formatted(event.schedule(), since),
                Map.of("silentSince", since)));
    }
}

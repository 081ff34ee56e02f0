package dyno;

import dyno.result.AlertStore;
import dyno.result.NewAlert;
import dyno.suite.NightlyMissing;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Makes an alert of each nightly that did not arrive. Schedules know nothing of alerts, and results
/// nothing of schedules.
///
/// Joins the transaction that remembers the silence: both are kept, or the next look finds it again.
/// Safe for any number of threads.
@Component
class MissingNightlyAlerts {

    private final AlertStore alerts;

    MissingNightlyAlerts(AlertStore alerts) {
        this.alerts = alerts;
    }

    @EventListener
    void on(NightlyMissing event) {
        alerts.raise(NewAlert.missingNightly(
                event.schedule(),
                "MISSING_NIGHTLY %s %s".formatted(event.schedule(), event.silentSince()),
                "Schedule %s has not succeeded since %s".formatted(event.schedule(), event.silentSince()),
                Map.of("silentSince", event.silentSince().toString())));
    }
}

package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.catalog.EngineView.Limits;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class EngineControllerTest {

    private final EngineController controller = new EngineController(new EngineCatalog(List.of(new BakeryEngine())));
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void showsEveryEngine() {
        var page = controller.all(request);

        assertThat(page.items()).extracting(EngineView::id).containsExactly("bakery");
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void showsDefaultsAndLimitsByPath() {
        var bakery = controller.one("bakery", request);

        assertThat(bakery.title()).isEqualTo("Bakery");
        assertThat(bakery.scoreUnit()).isEqualTo("loaves/s");
        assertThat(bakery.example()).isEqualTo(Map.of("loaves", 10L));
        assertThat(bakery.schema()).containsKey("properties");
        assertThat(bakery.defaults())
                .containsEntry("sliceBytes", 4096L)
                .containsEntry("input.celsius", 21L)
                .doesNotContainKeys("loaves", "ovens", "flourBytes", "prices.kind");
        assertThat(bakery.computedDefaults())
                .isEqualTo(Map.of("ovens", "processors of the node", "input.mixer.bowls", "ovens"));
        assertThat(bakery.limits())
                .containsEntry("loaves", new Limits(1L, 1_000_000L, null))
                .containsEntry("mode", new Limits(null, null, List.of("DIRECT", "LEGACY")))
                .containsEntry("additions", new Limits(null, 3L, null))
                .doesNotContainKeys("sell", "seed");
    }

    @Test
    void namesTheEnginesThatThereAre() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> controller.one("brewery", request))
                .withMessage("There is no engine \"brewery\"; engines are bakery")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.UNKNOWN_ENGINE));
    }

    @Test
    void refusesParametersThatItDoesNotKnow() {
        request.setQueryString("limit=5");

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> controller.all(request));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> controller.one("bakery", request));
    }
}

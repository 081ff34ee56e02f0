package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void findsTheMetricsOfAnExpressionAndNothingElse() {
        assertThat(PromQl.metrics("""
                        (time() - max by (schedule) (last_success > 0)) > 26 * 3600
                          or (sum without (le) (rate(b_bucket{a="x", b=~"y|z"}[5m] offset 1d)) == 0
                            and on () max(c:d:rate5m{job='e'}) > 1e3)
                        """)).containsExactly("b_bucket", "c:d:rate5m", "last_success");
        assertThat(PromQl.metrics("topk(10, a) / ignoring(x) group_left(y) b")).containsExactly("a", "b");
        assertThat(PromQl.metrics("vector(1)")).isEmpty();
    }
}

package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchExchangeTest {

    private final OptimisedMaker maker = new OptimisedMaker(new DrawStream(1));
    private final BatchExchange<ObjectBatch<OptimisedUser>> exchange =
            new BatchExchange<>(2, 3, () -> new ObjectBatch<>(OptimisedKind.INSTANCE, 10), Time.system());

    @Test
    void countsBatchesInTheMakingAsAlive() throws Exception {
        exchange.start(2);
        var one = exchange.first();
        var other = exchange.first();
        fill(one, 5);
        fill(other, 3);

        var next = exchange.put(one);
        assertThat(exchange.figures().liveHighWater()).isEqualTo(8);
        fill(next, 4);
        var taken = exchange.take(null, new Tally());
        exchange.put(next);

        assertThat(exchange.figures().liveHighWater()).isEqualTo(12);
        assertThat(exchange.figures().depthHighWater()).isEqualTo(5);
        assertThat(taken).isSameAs(one);
    }

    @Test
    void givesBackEveryBatchAndEndsWithItsSource() throws Exception {
        exchange.start(1);
        var batch = exchange.first();
        var tally = new Tally();
        for (int round = 0; round < 100; round++) {
            fill(batch, 1 + round % 10);
            batch = exchange.put(batch);
            var taken = exchange.take(null, tally);
            assertThat(taken.size()).isEqualTo(1 + round % 10);
            fill(batch, 1);
            batch = exchange.put(batch);
            assertThat(exchange.take(taken, tally).size()).isEqualTo(1);
            exchange.start(1);
            batch = exchange.first();
        }
        exchange.finished();

        assertThat(exchange.take(null, tally)).isNull();
    }

    private void fill(ObjectBatch<OptimisedUser> batch, int records) {
        for (int i = 0; i < records; i++) {
            batch.add(maker.make(i + 1));
        }
    }
}

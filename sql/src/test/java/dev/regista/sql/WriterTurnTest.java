package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriterTurnTest {
    private static final int WRITERS = 6;

    @Test
    void writersAreServedInTheOrderInWhichTheyCame() throws Exception {
        WriterTurn turn = new WriterTurn(Duration.ofSeconds(20));
        LinkedBlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            assertThat(turn.await()).isTrue();
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                waiting.add(threads.submit(() -> {
                    boolean mine = turn.await();
                    served.add(number);
                    turn.end();
                    return mine;
                }));
                await().until(() -> turn.waiting() == number + 1);
            }
            turn.end();
            for (Future<Boolean> each : waiting) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aThreadDoesNotWaitForItself() {
        WriterTurn turn = new WriterTurn(Duration.ofSeconds(20));

        assertThat(turn.await()).isTrue();
        assertThat(turn.await()).isFalse();
        turn.end();
        assertThat(turn.await()).isTrue();
    }

    @Test
    void whoeverHasWaitedLongEnoughTriesWithoutATurn() throws Exception {
        WriterTurn turn = new WriterTurn(Duration.ofMillis(20));
        assertThat(turn.await()).isTrue();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            assertThat(threads.submit(turn::await).get(20, TimeUnit.SECONDS)).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }
}

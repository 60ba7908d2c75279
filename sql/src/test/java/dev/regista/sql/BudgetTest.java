package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final int WAITING = 6;

    private final JdbcDataSource h2 = new JdbcDataSource();

    BudgetTest() {
        h2.setUrl("jdbc:h2:mem:");
    }

    @Test
    void whoeverWaitsIsServedInTurn() throws Exception {
        Budget budget = new Budget(1, Duration.ofSeconds(20), () -> {}, List::of);
        DataSource counted = budget.counted("main", h2, () -> true);
        LinkedBlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(WAITING);
        try {
            List<Future<?>> waiting = new ArrayList<>();
            try (Connection held = counted.getConnection()) {
                for (int i = 0; i < WAITING; i++) {
                    int number = i;
                    waiting.add(threads.submit(() -> {
                        try (Connection connection = counted.getConnection()) {
                            served.add(number);
                        }
                        return null;
                    }));
                    await().until(() -> budget.waiting() == number + 1);
                }
            }
            for (Future<?> each : waiting) {
                each.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(budget.most()).isEqualTo(1);
    }
}

package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.testing.LeakChecker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The short form of {@code bin/soak}. */
@ExtendWith(LeakChecker.class)
class SoakIT {
    @Test
    void whatWasAcknowledgedIsThereAndNothingElseAndNothingIsLeftOut() {
        Soak.Result result = new Soak(20_000, 8, 0.01).run();

        assertThat(result.unexpected()).isEmpty();
        assertThat(result.acknowledged() + result.failed()).isEqualTo(result.units());
        assertThat(result.failed()).isPositive();
        assertThat(result.rows()).isEqualTo(result.acknowledged());
        assertThat(result.holds()).as("%s", result).isTrue();
    }
}

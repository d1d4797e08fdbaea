package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.realpeers.KillRun.Harm;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A download that is killed again and again loses next to nothing, and never claims what is wrong. */
class KillsIT {
    private static final int PIECE = 64 << 10;
    private static final int KILLS = 3;

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @EnumSource
    void destroyNoMoreThanWhatWasOnItsWay(Harm harm) throws IOException {
        Payload payload = Payload.file("killed.bin", 16 << 20, PIECE);

        KillRun.Report report = new KillRun(payload, 6 << 20, KILLS, harm, 1).run(stage);

        assertThat(report.checked()).isPositive();
        assertThat(report.forgotten()).isZero();
    }
}

package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.peer.PeerConnection.Parting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom {@link Candidates} has dialled while nobody is connected any more. */
class SolitudeTest {
    private static final InetSocketAddress A = new InetSocketAddress("10.0.0.1", 6881);
    private static final InetSocketAddress B = new InetSocketAddress("10.0.0.2", 6881);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void whileNobodyIsHereAnyMoreWhoWasOfUseIsTriedTwiceAMinuteAndNobodyElse() {
        Candidates patient = patient();
        patient.add(List.of(A, B));
        patient.take(5, 0, address -> 0);
        patient.inCompany(0);
        patient.left(A, Parting.SILENT, true, 0);
        patient.left(B, Parting.SILENT, false, 0);
        patient.alone(true, 0);
        Map<InetSocketAddress, Integer> dials = new LinkedHashMap<>();
        for (long second = 1; second <= 3600; second++) {
            long now = second * SECOND;
            patient.take(5, now, address -> 0).forEach(dialled -> {
                dials.merge(dialled, 1, Integer::sum);
                patient.failed(dialled, now);
            });
        }

        assertThat(dials.get(A)).isBetween(115, 130);
        assertThat(dials.get(B)).isLessThan(12);
        assertThat(patient.isCutOff()).isTrue();

        assertThat(patient.inCompany(3600 * SECOND)).isTrue();
        assertThat(patient.take(5, 3601 * SECOND, address -> 0)).containsExactly(A);
        assertThat(patient.isCutOff()).isFalse();
        patient.failed(A, 3601 * SECOND);
        assertThat(patient.take(5, 3640 * SECOND, address -> 0)).containsExactly(A);
        patient.failed(A, 3640 * SECOND);
        assertThat(patient.take(5, 3655 * SECOND, address -> 0)).isEmpty();
    }

    @Test
    void ofManyThatAreMissedAFewAreTriedAtATime() {
        Candidates patient = patient();
        List<InetSocketAddress> many = IntStream.rangeClosed(1, 90)
                .mapToObj(i -> new InetSocketAddress("10.1.0." + i, 6881))
                .toList();
        patient.add(many);
        patient.take(100, 0, address -> 0);
        many.forEach(address -> {
            patient.left(address, Parting.SILENT, true, 0);
            for (int i = 0; i < 20; i++) {
                patient.failed(address, 0);
            }
        });
        patient.alone(true, 0);

        assertThat(patient.take(100, 29 * SECOND, address -> 0)).isEmpty();
        assertThat(patient.take(100, 30 * SECOND, address -> 0)).hasSize(8);
        assertThat(patient.take(100, 31 * SECOND, address -> 0)).isEmpty();
    }

    private static Candidates patient() {
        return new Candidates(AhtiConfig.load().torrent());
    }
}

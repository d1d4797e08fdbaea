package ahti.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ahti.Seeds;
import ahti.core.InfoHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Who is paid how much. */
class LedgerTest {
    private static final InfoHash A = InfoHash.parse("aa".repeat(20));
    private static final InfoHash B = InfoHash.parse("bb".repeat(20));
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Percentage LITTLE = Percentage.withPercentage(1);

    private final Ledger<String> ledger = new Ledger<>();
    private long now = TimeUnit.DAYS.toNanos(1);

    /** All want as much as they can get, for so many rounds; what each got. */
    private Map<String, Long> greed(int rounds, Map<String, InfoHash> members) {
        Map<String, Long> paid = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            members.forEach((member, torrent) -> {
                ledger.leave(torrent, member);
                ledger.owe(torrent, member, 1_000_000_000);
            });
            now += ROUND;
            ledger.pay(now).forEach(payment -> paid.merge(payment.member(), payment.bytes(), Long::sum));
        }
        return paid;
    }

    @Test
    void torrentsShareAlikeHoweverManyMembersTheyHave() {
        ledger.limit(1_000_000, now);
        Map<String, Long> paid = greed(200, Map.of("a", A, "b1", B, "b2", B, "b3", B, "b4", B));
        assertThat(paid.get("a")).isCloseTo(5_000_000L, LITTLE);
        assertThat(paid.get("b1")).isCloseTo(1_250_000L, LITTLE);
        assertThat(paid.get("b4")).isCloseTo(1_250_000L, LITTLE);
    }

    @Test
    void whatALimitedTorrentLeavesTheOthersGet() {
        ledger.limit(1_000_000, now);
        ledger.limit(A, 100_000, now);
        Map<String, Long> paid = greed(200, Map.of("a", A, "b", B));
        assertThat(paid.get("a")).isCloseTo(1_000_000L, LITTLE);
        assertThat(paid.get("b")).isCloseTo(9_000_000L, LITTLE);
    }

    @Test
    void whoeverIsModestGetsWhatItWants() {
        ledger.limit(1_000_000, now);
        long modest = 0;
        for (int round = 0; round < 200; round++) {
            ledger.leave(A, "greedy");
            ledger.owe(A, "greedy", 1_000_000_000);
            ledger.owe(A, "modest", 5_000);
            now += ROUND;
            for (Ledger.Payment<String> payment : ledger.pay(now)) {
                modest += payment.member().equals("modest") ? payment.bytes() : 0;
            }
        }
        assertThat(modest).isCloseTo(200 * 5_000L, LITTLE);
    }

    @Test
    void whoeverIsNotLimitedOwesNothing() {
        ledger.limit(A, 1_000, now);
        assertThat(ledger.isLimited(A)).isTrue();
        assertThat(ledger.isLimited(B)).isFalse();
        ledger.owe(B, "b", 1_000_000);
        assertThat(ledger.isOwed()).isFalse();
        ledger.owe(A, "a", 1_000_000);
        assertThat(ledger.isOwed()).isTrue();
        ledger.limit(A, 0, now);
        assertThat(ledger.isOwed()).isFalse();
    }

    @Test
    void paceIsWhatOneCouldMove() {
        ledger.limit(1_000_000, now);
        ledger.owe(A, "a", 100);
        ledger.owe(B, "b", 1_000_000_000);
        now += ROUND;
        ledger.pay(now);
        now += ROUND;
        ledger.owe(A, "a", 100);
        List<Ledger.Payment<String>> payments = ledger.pay(now);
        assertThat(payments.get(0).member()).isEqualTo("a");
        assertThat(payments.get(0).bytes()).isEqualTo(100);
        assertThat(payments.get(0).pace()).isGreaterThan(900_000);
        assertThat(payments.get(1).pace()).isCloseTo(1_000_000L, LITTLE);
    }

    @Test
    void whatNobodyTookDoesNotComeBackAsABurst() {
        ledger.limit(1_000_000, now);
        now += TimeUnit.HOURS.toNanos(1);
        ledger.owe(A, "a", 1_000_000_000);
        assertThat(ledger.pay(now).get(0).bytes()).isEqualTo(200_000);
    }

    /** Whatever they want and whenever: never more than the rates, and all of it when somebody wants more. */
    @Seeds(50)
    void theRatesAreKept(long seed) {
        Random random = new Random(seed);
        long rate = 20_000L + random.nextInt(10_000_000);
        long own = 20_000L + random.nextInt(10_000_000);
        ledger.limit(rate, now);
        ledger.limit(A, own, now);
        long begin = now;
        Map<InfoHash, Long> paid = new LinkedHashMap<>(Map.of(A, 0L, B, 0L));
        List<String> members = new ArrayList<>(List.of("a1", "a2", "b1", "b2", "b3"));
        for (int round = 0; round < 400; round++) {
            members.forEach(member -> {
                if (random.nextInt(3) > 0) {
                    ledger.owe(member.startsWith("a") ? A : B, member, 1 + random.nextInt((int) rate));
                }
            });
            // Timers come late, but not as late as what is kept.
            now += ROUND + random.nextInt((int) ROUND);
            for (Ledger.Payment<String> payment : ledger.pay(now)) {
                paid.merge(payment.member().startsWith("a") ? A : B, payment.bytes(), Long::sum);
            }
        }
        double seconds = (now - begin) / 1e9;
        double all = paid.get(A) + paid.get(B);
        // A block fits always.
        assertThat(all).isCloseTo(rate * seconds, within(rate * seconds / 100 + 16_384));
        assertThat((double) paid.get(A)).isLessThanOrEqualTo(own * seconds + 16_384);
        assertThat((double) paid.get(A)).isGreaterThan(Math.min((double) own, rate / 2.0) * seconds * 0.9 - 16_384);
    }
}

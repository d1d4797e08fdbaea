package ahti.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds every target its corpus, damaged inputs, and inputs that have nothing in them but size. */
class FuzzTargetsTest {
    private static final int DAMAGED_PER_SEED = 10;

    @Test
    void everyTargetHasACorpusAndEveryCorpusATarget() {
        assertThat(Corpus.folders())
                .isEqualTo(
                        FuzzTargets.ALL.stream().map(FuzzTarget::name).sorted().toList());
    }

    @ParameterizedTest(name = "{0}/{1}")
    @MethodSource("corpus")
    void holdsForTheCorpus(String target, String file, byte[] input) throws Exception {
        FuzzTargets.check(FuzzTargets.named(target), input);
    }

    static Stream<Arguments> corpus() {
        return FuzzTargets.ALL.stream()
                .flatMap(target -> Corpus.of(target).entrySet().stream()
                        .map(input -> Arguments.of(target.name(), input.getKey(), input.getValue())));
    }

    @Seeds(40)
    void holdsForDamagedInputs(long seed) throws Exception {
        for (FuzzTarget target : FuzzTargets.ALL) {
            Mutation mutation = new Mutation(seed);
            List<byte[]> inputs = new ArrayList<>(Corpus.of(target).values());
            for (int i = 0; i < DAMAGED_PER_SEED; i++) {
                check(target, mutation.of(inputs));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void holdsForNothingButSize(String run) throws Exception {
        byte[] large = run.repeat(300_000 / run.length()).getBytes(StandardCharsets.ISO_8859_1);
        for (FuzzTarget target : FuzzTargets.ALL) {
            check(target, large);
        }
    }

    static Stream<String> runs() {
        return Stream.of(
                "l",
                "d",
                "d1:a",
                "l0:",
                "i",
                "1",
                "9:",
                "0:",
                "\0",
                "\u00ff",
                "\n",
                "a\n",
                "\r\n",
                ":",
                "[",
                "{",
                "(",
                "%25",
                "&tr=a",
                "a\t",
                "../",
                ".",
                " ",
                "\u001f\u008b",
                "HTTP/1.1 100 \r\n\r\n",
                "a=[");
    }

    private static void check(FuzzTarget target, byte[] input) throws Exception {
        try {
            FuzzTargets.check(target, input);
        } catch (Exception | AssertionError | StackOverflowError e) {
            byte[] shown = input.length > 3_000 ? java.util.Arrays.copyOf(input, 3_000) : input;
            throw new AssertionError(
                    target.name() + ", " + input.length + " bytes, in base 64: "
                            + Base64.getEncoder().encodeToString(shown),
                    e);
        }
    }
}

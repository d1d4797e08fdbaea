package ahti;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test once per seed, the seed in the test's name. {@code -Dahti.seed=N} runs that one only.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Seeds.Range.class)
public @interface Seeds {

    /** How many seeds, counted from 1. */
    int value();

    /** The seeds to run. */
    final class Range implements ArgumentsProvider, AnnotationConsumer<Seeds> {
        private int count;

        @Override
        public void accept(Seeds seeds) {
            count = seeds.value();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            Long only = Long.getLong("ahti.seed");
            LongStream seeds = only != null ? LongStream.of(only) : LongStream.rangeClosed(1, count);
            return seeds.mapToObj(Arguments::of);
        }
    }
}

package ahti.core;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Generators of what strangers must not guess: transactions, tokens, ids, cookies. A real engine has a {@link SecureRandom}, which
 * any thread may use and whose past says nothing of its future. A simulation or a recording has a seed instead, and everything in
 * it follows from that.
 */
public final class Secrets {
    private Secrets() {}

    /** The generator of the engine, if what it makes cannot be guessed; {@code own} otherwise. */
    public static RandomGenerator of(RandomGenerator engine, RandomGenerator own) {
        return engine instanceof SecureRandom ? engine : own;
    }

    /** For an actor of its own: the same one if what it makes cannot be guessed, otherwise one seeded from it. */
    public static RandomGenerator childOf(RandomGenerator parent) {
        return parent instanceof SecureRandom ? parent : new SplittableRandom(parent.nextLong());
    }
}

package ahti.testkit.time;

import ahti.core.BindsTheRealWorld;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the JDK's {@code ThreadLocalRandom} draws in a thread. Pekko numbers actors with it, and when one ends, all who watch it
 * hear of it in the order of their numbers: where there are more than four, that order is another in each process, unless the
 * numbers are the same.
 *
 * <p>Its state belongs to the thread, and there is no other way to set it than the one that Pekko and Scala go for their own
 * fields, too. A JDK that has closed that way leaves chance as it is.
 */
final class ThreadChance {
    private static final Optional<ThreadChance> HERE = find();

    private final MethodHandle get;
    private final MethodHandle put;
    private final long offset;

    private ThreadChance(MethodHandle get, MethodHandle put, long offset) {
        this.get = get;
        this.put = put;
        this.offset = offset;
    }

    /** Sets what this thread draws from now on; gives what leads back to where it was. */
    static long swap(long state) {
        if (HERE.isEmpty()) {
            return 0;
        }
        ThreadChance here = HERE.get();
        touch();
        try {
            long before = (long) here.get.invoke(Thread.currentThread(), here.offset);
            here.put.invoke(Thread.currentThread(), here.offset, state);
            return before;
        } catch (Throwable e) {
            throw new IllegalStateException("the chance of a thread cannot be set", e);
        }
    }

    /** Whoever has never drawn is seeded when it does first. */
    @BindsTheRealWorld("what is drawn is of no interest")
    private static void touch() {
        ThreadLocalRandom.current();
    }

    @BindsTheRealWorld("the state of a thread")
    private static Optional<ThreadChance> find() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object the = instance.get(null);
            MethodHandle offset = lookup.unreflect(unsafe.getMethod("objectFieldOffset", Field.class));
            return Optional.of(new ThreadChance(
                    lookup.unreflect(unsafe.getMethod("getLong", Object.class, long.class))
                            .bindTo(the),
                    lookup.unreflect(unsafe.getMethod("putLong", Object.class, long.class, long.class))
                            .bindTo(the),
                    (long) offset.bindTo(the).invoke(Thread.class.getDeclaredField("threadLocalRandomSeed"))));
        } catch (Throwable e) {
            return Optional.empty();
        }
    }
}

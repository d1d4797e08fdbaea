package ahti.testkit.disk;

import ahti.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Something that goes wrong with a disk: which operations it strikes, and what becomes of them. A value: what it says is
 * used by any number of disks.
 *
 * <pre>{@code
 * disk.inject(Fault.on(Kind.WRITE).in(directory).after(10).once().fails("Input/output error"));
 * disk.inject(Fault.on(Kind.READ).in(file).touching(4096, 8192).fails("Input/output error"));
 * disk.inject(Fault.atOperation(120).cutsPower());
 * }</pre>
 */
public final class Fault {
    private final Where where;
    private final Effect effect;

    private Fault(Where where, Effect effect) {
        this.where = where;
        this.effect = effect;
    }

    /** Strikes operations of these kinds; of any kind, when none is named. */
    public static Where on(Kind... kinds) {
        Set<Kind> chosen = kinds.length == 0 ? EnumSet.allOf(Kind.class) : EnumSet.copyOf(Arrays.asList(kinds));
        return new Where(operation -> chosen.contains(operation.kind()), 0, Integer.MAX_VALUE);
    }

    /** Strikes the one operation with that number, counted from 1 over all that a disk was ever asked. */
    public static Where atOperation(long number) {
        return on().when(operation -> operation.number() == number);
    }

    boolean strikes(Operation operation) {
        return where.which().test(operation);
    }

    Where where() {
        return where;
    }

    Effect effect() {
        return effect;
    }

    /**
     * Which operations.
     *
     * @param which those
     * @param spared so many of them pass first
     * @param most so many of them are struck then; the ones after pass again
     */
    public record Where(Predicate<Operation> which, int spared, int most) {

        /** Of these, only those for which this holds, too. */
        public Where when(Predicate<Operation> condition) {
            return new Where(which.and(condition), spared, most);
        }

        /** Of these, only those with this file, or with what is below this directory. */
        public Where in(Path place) {
            return when(operation -> operation.isIn(place));
        }

        /** Of these, only those that want any of these bytes of their file, the last one left out. */
        public Where touching(long from, long to) {
            return when(operation -> operation.touches(from, to));
        }

        /** Lets the first {@code count} of them pass. */
        public Where after(int count) {
            return new Where(which, count, most);
        }

        /** Strikes {@code count} of them, and lets the ones after pass. */
        public Where times(int count) {
            return new Where(which, spared, count);
        }

        /** Strikes one of them. */
        public Where once() {
            return times(1);
        }

        /** They do nothing and fail with the words of an operating system, like "Input/output error". */
        public Fault fails(String reason) {
            return fails(operation -> new FileSystemException(operation.path().toString(), null, reason));
        }

        /** They do nothing and fail with an exception made for each. */
        public Fault fails(Function<Operation, IOException> exception) {
            return new Fault(this, new Failure(exception));
        }

        /** Writes stop half way and fail; whatever else is struck fails before it did anything. */
        public Fault tears(String reason) {
            return new Fault(
                    this,
                    new Tear(operation ->
                            new FileSystemException(operation.path().toString(), null, reason)));
        }

        /** Reads give one wrong bit, and no sign of it. Nothing else is changed. */
        public Fault flipsABit() {
            return new Fault(this, new Flip());
        }

        /** The machine loses power: a write is half done then. See {@link SimulatedDisk#cutPower}. */
        public Fault cutsPower() {
            return new Fault(this, new PowerCut());
        }

        /** They throw what no disk throws: a bug, for tests of supervision. */
        public Fault throwing(Supplier<RuntimeException> bug) {
            return new Fault(this, new Bug(bug));
        }
    }

    /** What becomes of an operation. */
    sealed interface Effect {
        /** Throws what it has to throw. */
        default void strike(Operation operation) throws IOException {}
    }

    record Failure(Function<Operation, IOException> exception) implements Effect {
        @Override
        public void strike(Operation operation) throws IOException {
            throw exception.apply(operation);
        }
    }

    record Tear(Function<Operation, IOException> exception) implements Effect {
        @Override
        public void strike(Operation operation) throws IOException {
            throw exception.apply(operation);
        }
    }

    record Flip() implements Effect {}

    record PowerCut() implements Effect {}

    record Bug(Supplier<RuntimeException> bug) implements Effect {
        @Override
        public void strike(Operation operation) {
            throw bug.get();
        }
    }
}

package ahti.fuzz;

/** One kind of bytes that strangers make, and what must hold of the code that reads it. Keeps nothing from input to input. */
public interface FuzzTarget {

    /** What {@code scripts/fuzz} calls it; its corpus is in {@code src/test/resources/fuzz/NAME}. */
    String name();

    /**
     * Feeds one input to the decoder and throws when something does not hold. A refusal of the declared kind is no fault.
     *
     * @param input any bytes; they may be changed
     */
    void check(byte[] input) throws Exception;

    /**
     * Bytes that all of a check may allocate for an input of so many: what is beyond was sized by a number in the input. Much
     * of it is the check's own, which decodes several times and compares.
     */
    default long mostAllocated(int length) {
        return 24L * 1024 * 1024 + 2_000L * length;
    }
}

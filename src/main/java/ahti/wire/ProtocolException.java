package ahti.wire;

/** Carries a {@link Violation} out of the decoder. Without a stack trace: our stack says nothing about their fault. */
public final class ProtocolException extends Exception {
    private final transient Violation violation;

    /** For this broken rule. */
    public ProtocolException(Violation violation) {
        super(violation.describe(), null, false, false);
        this.violation = violation;
    }

    /** Which rule was broken. */
    public Violation violation() {
        return violation;
    }
}

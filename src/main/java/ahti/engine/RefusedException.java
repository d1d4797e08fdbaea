package ahti.engine;

/** Fails a stage of the plain door: the engine does not do what it was asked to. No stack trace: nothing of ours failed. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.describe(), null, false, false);
        this.refusal = refusal;
    }

    /** Why, as a value. */
    public Refusal refusal() {
        return refusal;
    }
}

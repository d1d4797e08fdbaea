package ahti.testkit.disk;

/** A fault that a disk has, until it is lifted. */
public final class ActiveFault {
    private final Fault fault;
    private int met;
    private int struck;
    private boolean lifted;

    ActiveFault(Fault fault) {
        this.fault = fault;
    }

    /** From now on nothing is struck by it. */
    public void lift() {
        lifted = true;
    }

    /** How many operations it struck. */
    public int struck() {
        return struck;
    }

    boolean isLifted() {
        return lifted;
    }

    Fault.Effect effect() {
        return fault.effect();
    }

    /** Counts the operation, and says whether it is struck. */
    boolean strikes(Operation operation) {
        if (!fault.strikes(operation)) {
            return false;
        }
        met++;
        boolean now = met > fault.where().spared() && struck < fault.where().most();
        if (now) {
            struck++;
        }
        return now;
    }
}

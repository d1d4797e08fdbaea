package ahti.testkit.swarm;

/** Something that holds in every swarm did not hold in this one. The message says what, when, and how to see it again. */
public final class BrokenRule extends AssertionError {
    private static final long serialVersionUID = 1;

    BrokenRule(String what) {
        super(what);
    }
}

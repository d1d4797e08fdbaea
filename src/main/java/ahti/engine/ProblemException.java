package ahti.engine;

import ahti.torrent.Problem;

/** Fails a stage of the plain door: a problem has stopped the torrent. No stack trace: it says nothing about the problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.describe(), null, false, false);
        this.problem = problem;
    }

    /** Which, as a value. */
    public Problem problem() {
        return problem;
    }
}

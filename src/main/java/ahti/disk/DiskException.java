package ahti.disk;

/** Carries a {@link DiskProblem} from where a file failed to where the request is answered. No stack trace: not our bug. */
final class DiskException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient DiskProblem problem;

    DiskException(DiskProblem problem) {
        super(problem.describe(), null, false, false);
        this.problem = problem;
    }

    DiskProblem problem() {
        return problem;
    }
}

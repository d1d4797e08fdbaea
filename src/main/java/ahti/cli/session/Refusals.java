package ahti.cli.session;

import ahti.cli.env.ExitCode;
import ahti.disk.DiskProblem;
import ahti.engine.Refusal;

/** What the shell gets when an engine does not take a torrent on. */
final class Refusals {
    private Refusals() {}

    static ExitCode code(Refusal refusal) {
        if (refusal instanceof Refusal.CannotListen) {
            return ExitCode.NETWORK;
        }
        if (refusal instanceof Refusal.BadMagnet) {
            return ExitCode.BAD_MAGNET;
        }
        if (refusal instanceof Refusal.Locked || refusal instanceof Refusal.Duplicate) {
            return ExitCode.LOCKED;
        }
        if (refusal instanceof Refusal.NoDirectory not) {
            return not.problem() instanceof DiskProblem.Full ? ExitCode.DISK_FULL : ExitCode.DISK;
        }
        return refusal instanceof Refusal.NoState ? ExitCode.DISK : ExitCode.INTERNAL;
    }
}

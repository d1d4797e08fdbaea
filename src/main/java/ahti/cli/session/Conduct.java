package ahti.cli.session;

import ahti.cli.env.ExitCode;
import ahti.cli.options.SeedGoal;
import ahti.cli.options.TimeSpan;
import ahti.torrent.Problem;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.Optional;

/** Decides when a session ends and with which code. Pure: fed with events, statuses and the time they came at. */
final class Conduct {
    private final Rules rules;
    private final long began;
    private TorrentState state = TorrentState.CHECKING;
    private boolean complete;
    private boolean wasComplete;
    private long fetchBegan;
    private long fetchEnded;
    /** When a peer was last connected, or none could be. */
    private long peersSeen;
    /** When bytes were last stored or received, or none could be. */
    private long progressed;

    private long mark = -1;

    Conduct(Rules rules, long nowNanos) {
        this.rules = rules;
        this.began = nowNanos;
        this.fetchBegan = nowNanos;
        this.fetchEnded = nowNanos;
        this.peersSeen = nowNanos;
        this.progressed = nowNanos;
    }

    boolean isComplete() {
        return complete;
    }

    boolean wasComplete() {
        return wasComplete;
    }

    /** From the end of the check to completion, or to now. */
    Duration fetching(long nowNanos) {
        return Duration.ofNanos((complete ? fetchEnded : nowNanos) - fetchBegan);
    }

    Optional<Verdict> happened(TorrentEvent event, long now) {
        if (event instanceof TorrentEvent.Finished finished && !complete) {
            complete = true;
            wasComplete = finished.wasComplete();
            fetchEnded = now;
            return rules.goal().isReached(0, 1, Duration.ZERO) ? Optional.of(Verdict.DONE) : Optional.empty();
        }
        if (event instanceof TorrentEvent.StateChanged changed) {
            changed(changed.state(), now);
        }
        if (event instanceof TorrentEvent.ProblemRaised raised) {
            Problem problem = raised.problem();
            return Optional.of(new Verdict(code(problem), problem.describe()));
        }
        return Optional.empty();
    }

    private void changed(TorrentState to, long now) {
        if (state == TorrentState.CHECKING && to != TorrentState.CHECKING && !complete) {
            fetchBegan = now;
        }
        state = to;
        peersSeen = now;
        progressed = now;
    }

    Optional<Verdict> reported(TorrentStatus status, long now) {
        if (status.state() != state) {
            changed(status.state(), now);
        }
        if (status.peers().connected() > 0 || state == TorrentState.CHECKING) {
            peersSeen = now;
        }
        if (status.have() + status.downloaded() != mark || state == TorrentState.CHECKING) {
            mark = status.have() + status.downloaded();
            progressed = now;
        }
        if (complete && rules.goal().isReached(status.uploaded(), status.wanted(), since(fetchEnded, now))) {
            return Optional.of(Verdict.DONE);
        }
        Optional<Verdict> over = passed(now);
        return over.isPresent() ? over : expired(status, now);
    }

    /** Whether nothing moves, and no moment is coming at which it would end. */
    boolean isResting(TorrentStatus status) {
        boolean isOpenEnded = rules.total().isEmpty() && !(rules.goal() instanceof SeedGoal.For);
        return state == TorrentState.SEEDING && status.peers().connected() == 0 && isOpenEnded;
    }

    /** Time alone: needs no status, so that an engine that says nothing cannot outlive {@code --for}. */
    Optional<Verdict> passed(long now) {
        if (isOver(rules.total(), began, now)) {
            return Optional.of(
                    isUnfinished()
                            ? new Verdict(ExitCode.UNFINISHED, "--for ended before the download" + kept())
                            : Verdict.DONE);
        }
        return Optional.empty();
    }

    private Optional<Verdict> expired(TorrentStatus status, long now) {
        if (isUnfinished() && isOver(rules.timeout(), peersSeen, now)) {
            return Optional.of(new Verdict(ExitCode.TIMEOUT, "no peers for " + show(rules.timeout()) + why(status)));
        }
        if (isUnfinished() && isOver(rules.stall(), progressed, now)) {
            return Optional.of(new Verdict(ExitCode.TIMEOUT, "no progress for " + show(rules.stall()) + why(status)));
        }
        return Optional.empty();
    }

    /** The user's wish to stop; {@code code} is what the shell gets when the download is not complete. */
    Verdict interrupted(ExitCode code) {
        return isUnfinished() ? new Verdict(code, "stopped before the download was complete" + kept()) : Verdict.DONE;
    }

    private boolean isUnfinished() {
        return !complete && !rules.seedOnly();
    }

    private String kept() {
        return rules.resumable() ? "; what is stored is kept, run the same command again to resume" : "";
    }

    private String why(TorrentStatus status) {
        return status.waiting().map(reason -> " (" + reason.sentence() + ")").orElse("") + kept();
    }

    private static boolean isOver(Optional<Duration> limit, long since, long now) {
        return limit.isPresent() && since(since, now).compareTo(limit.get()) >= 0;
    }

    private static Duration since(long then, long now) {
        return Duration.ofNanos(now - then);
    }

    private static String show(Optional<Duration> limit) {
        return TimeSpan.show(limit.orElse(Duration.ZERO).toSeconds());
    }

    private static ExitCode code(Problem problem) {
        if (problem instanceof Problem.DiskFull) {
            return ExitCode.DISK_FULL;
        }
        return problem instanceof Problem.DiskFault ? ExitCode.DISK : ExitCode.INTERNAL;
    }
}

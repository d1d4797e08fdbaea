package ahti.torrent.why;

import java.time.Duration;

/** Why a peer gives us nothing. */
public sealed interface SilenceReason {

    /** One phrase for people, in lower case and without a full stop. */
    String sentence();

    /** Nothing of the {@code have} pieces that it has is wanted. */
    record NothingWanted(int have) implements SilenceReason {
        @Override
        public String sentence() {
            return have == 0 ? "it has nothing" : "we want nothing of its " + Wording.count(have, "piece");
        }
    }

    /** It lets us ask for nothing, for so long. */
    record ChokesUs(Duration since) implements SilenceReason {
        @Override
        public String sentence() {
            return "it has choked us for " + Wording.time(since);
        }
    }

    /** What we asked for timed out; it is asked for one block at a time until one comes. */
    record Snubs(Duration since) implements SilenceReason {
        @Override
        public String sentence() {
            return "it let requests time out, and has sent nothing for " + Wording.time(since);
        }
    }

    /** It let us ask and rejected it, or choked us again before a block came: it is asked less and less often. */
    record Refuses() implements SilenceReason {
        @Override
        public String sentence() {
            return "it let us ask and refused what we asked for, and is left alone for a while";
        }
    }

    /**
     * It was asked, and has not answered.
     *
     * @param owed blocks that it owes
     * @param window blocks that it may owe: with so many it is asked for no more
     * @param since the last block came, or it was asked for the first of these
     */
    record Owes(int owed, int window, Duration since) implements SilenceReason {
        @Override
        public String sentence() {
            return "it owes " + Wording.count(owed, "block") + (owed >= window ? " (window full)" : "") + " for "
                    + Wording.time(since);
        }
    }

    /** A web seed is left alone for so long after a failure that may pass. */
    record Rests(String reason, Duration left) implements SilenceReason {
        @Override
        public String sentence() {
            return reason + "; asked again in " + Wording.time(left);
        }
    }

    /** What it has needs memory that is not free: the numbers of {@link WaitReason.BudgetSpent}. */
    record BudgetSpent(int pieces, long bytes, long budget) implements SilenceReason {
        @Override
        public String sentence() {
            return new WaitReason.BudgetSpent(pieces, bytes, budget).sentence();
        }
    }

    /** So many pieces of it are wanted; all their blocks are asked of others, or here. */
    record AllAsked(int wanted) implements SilenceReason {
        @Override
        public String sentence() {
            return "the " + Wording.count(wanted, "piece") + " of it that we want are asked of others, or here";
        }
    }
}

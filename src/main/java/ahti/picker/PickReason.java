package ahti.picker;

/** Why a peer was asked for blocks of a piece, with what the decision was made from. */
public sealed interface PickReason {

    /** One phrase for people, in lower case and without a full stop. */
    String sentence();

    /** It works on this piece already. */
    record GoesOn() implements PickReason {
        @Override
        public String sentence() {
            return "it works on this piece already";
        }
    }

    /** Others gave blocks of it back, or nobody is at work on it. */
    record LeftBehind() implements PickReason {
        @Override
        public String sentence() {
            return "others left it unfinished";
        }
    }

    /** A slow peer shares a piece in memory with others. */
    record Shared() implements PickReason {
        @Override
        public String sentence() {
            return "shared with other slow peers";
        }
    }

    /** No fresh piece could be opened, so it helps with one that a fast peer keeps for itself. */
    record Helps() implements PickReason {
        @Override
        public String sentence() {
            return "no other piece can be opened for it";
        }
    }

    /**
     * One of the first pieces of a torrent, which are chosen by lot.
     *
     * @param held pieces that were stored or in memory, fewer than {@code ahti.picker.random-first}
     */
    record ByLot(int held) implements PickReason {
        @Override
        public String sentence() {
            return "by lot, while we hold only " + held + (held == 1 ? " piece" : " pieces");
        }
    }

    /**
     * The rarest of what it has and we want.
     *
     * @param copies connected peers that have it
     */
    record Rarest(int copies) implements PickReason {
        @Override
        public String sentence() {
            return "rarest first: " + copies + (copies == 1 ? " peer has it" : " peers have it");
        }
    }

    /**
     * It suggests this piece (BEP 6), and none of what it has and we want is rarer, or we hold too few to choose by that.
     *
     * @param copies connected peers that have it
     */
    record Suggested(int copies) implements PickReason {
        @Override
        public String sentence() {
            return "it suggests this piece: " + copies + (copies == 1 ? " peer has it" : " peers have it");
        }
    }

    /** The first of what it has and we want, because pieces are fetched in order. */
    record InOrder() implements PickReason {
        @Override
        public String sentence() {
            return "the next in order";
        }
    }

    /**
     * Only requested blocks are left: it is asked for what others owe, too.
     *
     * @param others peers that owed the block already
     */
    record Endgame(int others) implements PickReason {
        @Override
        public String sentence() {
            return "endgame: " + others + (others == 1 ? " other peer owes" : " other peers owe") + " it, too";
        }
    }

    /**
     * Memory is full, and what is left to ask for is owed by peers that do not send it.
     *
     * @param others peers that owed the block already
     */
    record HeldUp(int others) implements PickReason {
        @Override
        public String sentence() {
            return "memory is full: " + others + (others == 1 ? " other peer owes" : " other peers owe") + " it, and "
                    + (others == 1 ? "sends" : "send") + " nothing";
        }
    }

    /** It chokes us, and lets us have this piece all the same (BEP 6). */
    record Allowed() implements PickReason {
        @Override
        public String sentence() {
            return "it allows this piece while it chokes us";
        }
    }
}

package ahti.torrent.why;

import java.time.Duration;

/** Why we choke a peer, or do not (BEP 3): how the upload slots were given out, with what that was decided from. */
public sealed interface ChokeReason {

    /** Whether the peer may ask us for blocks. */
    boolean unchokes();

    /** One phrase for people, in lower case and without a full stop. */
    String sentence();

    /** What a peer is ranked by. */
    enum Measure {
        /** While we fetch: what it sends us. */
        SENDS_US,
        /** While we share: what it takes from us. */
        TAKES_FROM_US
    }

    /**
     * A peer among those that are interested in what we have.
     *
     * @param rank by rate, the best is 1
     * @param interested how many there are
     * @param rate bytes per second
     */
    record Place(int rank, int interested, long rate, Measure measure) {
        String sentence() {
            String verb = measure == Measure.SENDS_US ? "sends us " : "takes ";
            return "rank " + rank + " of " + interested + ", " + verb + Wording.bytes(rate) + "/s";
        }
    }

    /** It is among the best, or there is a slot for everyone; {@code slots} are the present upload slots. */
    record SlotByRate(Place place, int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return true;
        }

        @Override
        public String sentence() {
            return "slot by rate: " + place.sentence() + ", " + Wording.count(slots, "slot");
        }
    }

    /**
     * It has an optimistic slot, until the next draw.
     *
     * @param lots its lots when it was drawn: a newcomer has more than one
     * @param all lots of all who were drawn from
     */
    record SlotByLot(int lots, int all) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return true;
        }

        @Override
        public String sentence() {
            return "slot by lot: " + lots + " of " + Wording.count(all, "lot");
        }
    }

    /**
     * A slot was idle; {@code taken} were not. It became interested meanwhile, or another hung up or lost interest, or it has
     * earned none and nobody else needs this one.
     */
    record IdleSlot(int taken, int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return true;
        }

        @Override
        public String sentence() {
            return "a free slot: " + taken + " of " + slots + " were taken";
        }
    }

    /** It is in a network around us, and nothing limits what leaves: it takes nothing from those who have slots. */
    record Neighbour() implements ChokeReason {
        @Override
        public boolean unchokes() {
            return true;
        }

        @Override
        public String sentence() {
            return "a neighbour: needs no slot";
        }
    }

    /** Others are better, and were luckier. */
    record Outranked(Place place, int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return false;
        }

        @Override
        public String sentence() {
            return "no slot left: " + place.sentence() + ", " + Wording.count(slots, "slot");
        }
    }

    /**
     * It owes us blocks, and has given us none for so long: it gets a slot by lot only.
     *
     * @param silent since its last block, or since it began to owe us something
     */
    record Snubs(Duration silent, int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return false;
        }

        @Override
        public String sentence() {
            return "it owes us blocks and has sent none for " + Wording.time(silent);
        }
    }

    /**
     * We share one after the other, and it has its turn.
     *
     * @param given bytes in this turn, when that was decided
     * @param quantum bytes of a turn: {@code ahti.torrent.seed-pieces}
     * @param recently bytes lately; what is long ago counts less
     */
    record SlotByTurn(long given, long quantum, long recently, int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return true;
        }

        @Override
        public String sentence() {
            return "its turn: was given " + Wording.bytes(given) + " of " + Wording.bytes(quantum) + ", "
                    + Wording.count(slots, "slot");
        }
    }

    /**
     * We share one after the other, and others were given less.
     *
     * @param place in the line of those who wait, the next is 1
     * @param recently bytes it was given lately; what is long ago counts less
     */
    record AwaitsTurn(int place, long recently, int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return false;
        }

        @Override
        public String sentence() {
            return "number " + place + " in line: was given " + Wording.bytes(recently) + " lately, "
                    + Wording.count(slots, "slot");
        }
    }

    /** It became interested after the slots were given out; its rank counts in the next round. */
    record SlotsTaken(int slots) implements ChokeReason {
        @Override
        public boolean unchokes() {
            return false;
        }

        @Override
        public String sentence() {
            return slots == 1
                    ? "the slot is taken until the next round"
                    : "all " + slots + " slots are taken until the next round";
        }
    }

    /** It wants nothing of us, as every peer at first. */
    record NotInterested() implements ChokeReason {
        @Override
        public boolean unchokes() {
            return false;
        }

        @Override
        public String sentence() {
            return "it is not interested";
        }
    }
}

package ahti.torrent.why;

import java.time.Duration;

/** Why nothing comes to a torrent. */
public sealed interface WaitReason {

    /** One phrase for people, in lower case and without a full stop. */
    String sentence();

    /** What is there already is looked at first; both numbers in bytes. */
    record Checking(long checked, long toCheck) implements WaitReason {
        @Override
        public String sentence() {
            return "checking existing data: " + Wording.bytes(checked) + " of " + Wording.bytes(toCheck);
        }
    }

    /**
     * Only a magnet link is known; peers are asked what the torrent is.
     *
     * @param asked connected peers
     * @param known addresses
     * @param have bytes of it that came
     * @param size bytes that it has, as a peer says; 0: none said so yet
     */
    record Metadata(int asked, int known, long have, long size) implements WaitReason {
        @Override
        public String sentence() {
            if (asked == 0) {
                return known == 0
                        ? "looking for peers that know this torrent"
                        : "connecting to " + Wording.count(known, "peer");
            }
            return "asking " + Wording.count(asked, "peer") + " for metadata"
                    + (size == 0 ? "" : " " + kib(have) + "/" + kib(size) + " KiB");
        }

        private static long kib(long bytes) {
            return (bytes + 1023) / 1024;
        }
    }

    /** Its user wishes it to rest. */
    record PausedByUser() implements WaitReason {
        @Override
        public String sentence() {
            return "paused";
        }
    }

    /**
     * Enough was shared, as its user wished.
     *
     * @param uploaded bytes
     * @param seeding for how long it was complete
     */
    record SharedEnough(long uploaded, Duration seeding) implements WaitReason {
        @Override
        public String sentence() {
            return "the seeding goal is reached: " + Wording.bytes(uploaded) + " shared in " + Wording.time(seeding);
        }
    }

    /** Something is wrong with the disk or with us; {@code TorrentStatus.problem()} is it, typed. */
    record Troubled(String problem) implements WaitReason {
        @Override
        public String sentence() {
            return problem;
        }
    }

    /**
     * The disk fails; {@code TorrentStatus.problem()} is it, typed. It is tried again from time to time.
     *
     * @param next until then
     */
    record DiskFails(String problem, Duration next) implements WaitReason {
        @Override
        public String sentence() {
            return problem + "; tried again in " + Wording.time(next);
        }
    }

    /** It was told to stop: writes under way end, and trackers hear goodbye. */
    record Stopping() implements WaitReason {
        @Override
        public String sentence() {
            return "stopping";
        }
    }

    /**
     * A bug ended it, and it begins again soon.
     *
     * @param cause what was thrown
     * @param restart which restart that will be, from 1
     * @param most how many there may be in a row
     * @param next until then
     */
    record RestartPause(String cause, int restart, int most, Duration next) implements WaitReason {
        @Override
        public String sentence() {
            return "restart " + restart + " of " + most + " in " + Wording.time(next) + " after an internal error: "
                    + cause;
        }
    }

    /** Connections are being opened, and none is open. */
    record Connecting(int peers) implements WaitReason {
        @Override
        public String sentence() {
            return "connecting to " + Wording.count(peers, "peer");
        }
    }

    /** Addresses are known, and all of them failed lately. */
    record Unreachable(int known) implements WaitReason {
        @Override
        public String sentence() {
            return "none of " + Wording.count(known, "known peer") + " can be reached; trying again";
        }
    }

    /** No address is known, and no tracker is well; {@code failure} is what one of them said, cleaned. */
    record TrackersFailing(String failure) implements WaitReason {
        @Override
        public String sentence() {
            return "no peers: " + failure;
        }
    }

    /** No address is known, and no tracker has answered yet. */
    record TrackersPending() implements WaitReason {
        @Override
        public String sentence() {
            return "no peers yet: waiting for the tracker's answer";
        }
    }

    /** No address is known, and the trackers that answered know none. */
    record NoPeersKnown() implements WaitReason {
        @Override
        public String sentence() {
            return "no peers yet: the tracker knows none";
        }
    }

    /** No address is known, and the DHT is being asked; it has so many nodes by now. */
    record DhtPending(int nodes) implements WaitReason {
        @Override
        public String sentence() {
            return nodes == 0
                    ? "no peers yet: joining the DHT"
                    : "no peers yet: asking the DHT, " + Wording.count(nodes, "node");
        }
    }

    /** No address is known, there is no tracker, and the DHT is of no use; {@code problem} is why. */
    record DhtFailing(String problem) implements WaitReason {
        @Override
        public String sentence() {
            return "no peers: " + problem;
        }
    }

    /** No address is known, there is no tracker, and nobody has announced the torrent in the DHT. */
    record NobodyInDht(int nodes) implements WaitReason {
        @Override
        public String sentence() {
            return "no peers yet: the DHT knows none, of " + Wording.count(nodes, "node") + " in reach";
        }
    }

    /** No address is known, and there is nobody to ask. */
    record NobodyToAsk() implements WaitReason {
        @Override
        public String sentence() {
            return "no peers: there is no tracker; name one with --tracker, or a peer with --peer";
        }
    }

    /** No peer is connected, and so many web seeds are left alone for a while after a failure. */
    record WebSeedsRest(int seeds, String reason) implements WaitReason {
        @Override
        public String sentence() {
            return Wording.count(seeds, "web seed") + (seeds == 1 ? " rests: " : " rest: ") + reason;
        }
    }

    /** There is nobody else to ask, and so many web seeds were given up. */
    record WebSeedsLost(int seeds, String reason) implements WaitReason {
        @Override
        public String sentence() {
            return "no peers, and " + Wording.count(seeds, "web seed") + " given up: " + reason;
        }
    }

    /** Every piece that we want and somebody has is here. */
    record NowhereInSwarm(int pieces) implements WaitReason {
        @Override
        public String sentence() {
            return Wording.count(pieces, "piece") + " exist" + (pieces == 1 ? "s" : "") + " nowhere in the swarm";
        }
    }

    /** Peers are connected that have nothing for us. */
    record NothingWanted(int peers) implements WaitReason {
        @Override
        public String sentence() {
            return Wording.count(peers, "peer") + ", none has anything we want";
        }
    }

    /** So many peers have something for us, and let us ask for nothing. */
    record AllChoking(int peers) implements WaitReason {
        @Override
        public String sentence() {
            return Wording.count(peers, "peer") + ", all choking us";
        }
    }

    /**
     * No piece can be opened before another is stored.
     *
     * @param pieces in memory, being filled, verified or written
     * @param bytes of these pieces
     * @param budget {@code ahti.picker.memory-budget}
     */
    record BudgetSpent(int pieces, long bytes, long budget) implements WaitReason {
        @Override
        public String sentence() {
            return "the memory budget of " + Wording.bytes(budget) + " is spent by " + Wording.count(pieces, "piece");
        }
    }

    /** So many peers were asked, or could be, and nothing has come. */
    record Awaiting(int peers) implements WaitReason {
        @Override
        public String sentence() {
            return Wording.count(peers, "peer") + " asked, nothing has come yet";
        }
    }
}

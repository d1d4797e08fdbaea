package ahti.testkit.record.inside;

import ahti.core.InfoHash;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.Refusal;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

/** What an engine tells its user. */
public sealed interface Said {

    /** In a few words, without a name or an address: what a recording keeps of it. */
    String label();

    /** The torrent is on its way. */
    record Added(InfoHash infoHash, String name, InetSocketAddress listening) implements Said {
        @Override
        public String label() {
            return "added";
        }
    }

    /** The torrent was not taken on. */
    record NotAdded(Refusal refusal) implements Said {
        @Override
        public String label() {
            return "not added: " + kind(refusal);
        }
    }

    /** Something happened in the engine. */
    record Happened(EngineEvent event) implements Said {
        @Override
        public String label() {
            if (event instanceof EngineEvent.Happened happened) {
                return label(happened.event());
            }
            return event instanceof EngineEvent.EventsLost lost ? lost.count() + " events lost" : kind(event);
        }

        private static String label(TorrentEvent event) {
            if (event instanceof TorrentEvent.StateChanged changed) {
                return "state " + changed.state();
            } else if (event instanceof TorrentEvent.PieceVerified verified) {
                return "piece " + verified.piece() + " is verified";
            } else if (event instanceof TorrentEvent.PieceCorrupt corrupt) {
                return "piece " + corrupt.piece() + " is corrupt";
            } else if (event instanceof TorrentEvent.ProblemRaised raised) {
                return "problem: " + kind(raised.problem());
            } else if (event instanceof TorrentEvent.Restarting restarting) {
                return "restart " + restarting.restart() + " of " + restarting.most();
            }
            return kind(event);
        }
    }

    /** How the torrent is. */
    record Reported(TorrentStatus status) implements Said {
        @Override
        public String label() {
            return "status " + status.state() + ": have " + status.have() + ", down " + status.downloaded() + ", up "
                    + status.uploaded() + ", wasted " + status.wasted() + ", peers "
                    + status.peers().connected()
                    + status.waiting().map(why -> ", waits: " + kind(why)).orElse("");
        }
    }

    /** Who its peers are. */
    record Listed(Torrent.Peers peers) implements Said {
        @Override
        public String label() {
            return peers.peers().stream()
                    .map(peer -> peer.why().chokes())
                    .map(chokes -> kind(chokes.get(chokes.size() - 1).reason()))
                    .collect(Collectors.joining(", ", peers.peers().size() + " peers: ", ""));
        }
    }

    /** Which torrents are there. The references in it are for nobody outside. */
    record Roster(Engine.Listing listing) implements Said {
        @Override
        public String label() {
            return "listing of revision " + listing.revision();
        }
    }

    /** Other files are wanted, or cannot be. */
    record Selected(Torrent.SelectReply reply) implements Said {
        @Override
        public String label() {
            return reply instanceof Torrent.NotSelected not ? "not selected: " + kind(not.refusal()) : "selected";
        }
    }

    /** The torrent has stopped, as was wanted. */
    record TorrentStopped() implements Said {
        @Override
        public String label() {
            return "torrent stopped";
        }
    }

    /** The torrent is gone, for whatever reason. */
    record TorrentGone() implements Said {
        @Override
        public String label() {
            return "torrent gone";
        }
    }

    /** The torrent was removed, or was not. */
    record Removed(Engine.RemoveReply reply) implements Said {
        @Override
        public String label() {
            return reply instanceof Engine.NotRemoved not ? "not removed: " + kind(not.refusal()) : "removed";
        }
    }

    /** The engine is gone. */
    record Ended() implements Said {
        @Override
        public String label() {
            return "ended";
        }
    }

    private static String kind(Object value) {
        return value.getClass().getSimpleName();
    }
}

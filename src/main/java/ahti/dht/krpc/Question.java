package ahti.dht.krpc;

import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** What a query asks. */
public sealed interface Question {

    /** Its name on the wire. */
    String method();

    /** Are you there? */
    enum Ping implements Question {
        INSTANCE;

        @Override
        public String method() {
            return "ping";
        }
    }

    /** Which nodes are nearest to this place? */
    record FindNode(NodeId target) implements Question {
        @Override
        public String method() {
            return "find_node";
        }
    }

    /** Who shares this torrent, and which nodes are nearest to it? */
    record GetPeers(NodeId infoHash) implements Question {
        @Override
        public String method() {
            return "get_peers";
        }
    }

    /**
     * I share this torrent.
     *
     * @param port where; not to be used when {@code impliedPort}
     * @param impliedPort the port that the query comes from is the one
     * @param token what the node gave out for a {@link GetPeers} before
     */
    record AnnouncePeer(NodeId infoHash, int port, boolean impliedPort, ByteString token) implements Question {
        @Override
        public String method() {
            return "announce_peer";
        }
    }

    /** Something of an extension that we do not know; {@code target} when it is about some place. */
    record Unknown(String method, Optional<NodeId> target) implements Question {}
}

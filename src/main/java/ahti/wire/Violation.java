package ahti.wire;

import ahti.core.BlockRef;

/** A rule of the protocol that the remote peer broke. Data, not an exception: deciding what to do is the peer actor's job. */
public sealed interface Violation {

    /** For the log and for tests; names the rule and the offending value. */
    String describe();

    /** The first bytes are not a BitTorrent handshake. */
    record NotBitTorrent() implements Violation {
        @Override
        public String describe() {
            return "the first bytes are not a BitTorrent handshake";
        }
    }

    /** A length prefix beyond anything that this torrent's messages need. */
    record TooLong(long length, int limit) implements Violation {
        @Override
        public String describe() {
            return "a message of " + length + " bytes, longer than " + limit + " (ahti.peer.message)";
        }
    }

    /** A message whose body has a length that its id does not allow. */
    record WrongLength(int id, int length) implements Violation {
        @Override
        public String describe() {
            return "message " + id + " has a body of " + length + " bytes";
        }
    }

    /** A request, cancel or piece that names no possible block. */
    record NoSuchBlock(int id, int piece, int offset, int length) implements Violation {
        @Override
        public String describe() {
            return "message " + id + " names the impossible block " + piece + ":" + offset + "+" + length;
        }
    }

    /** A have, or the like, of a piece that the torrent does not have. */
    record NoSuchPiece(int piece, int pieces) implements Violation {
        @Override
        public String describe() {
            return "names piece " + piece + " of " + pieces;
        }
    }

    /** Thousands of messages that are lawful one by one and bring nothing. */
    record IdleTalk() implements Violation {
        @Override
        public String describe() {
            return "floods us with messages that say nothing (ahti.peer.idle-messages)";
        }
    }

    /** More blocks than it was ever asked for. */
    record Unasked() implements Violation {
        @Override
        public String describe() {
            return "sends blocks that nobody asked for";
        }
    }

    /** An answer to a request that was never made, or was answered before (BEP 6). */
    record NotAsked(int id, BlockRef block) implements Violation {
        @Override
        public String describe() {
            return "message " + id + " answers a request that nobody made: " + block;
        }
    }

    /** A message of an extension that the two handshakes did not agree on. */
    record NotAgreed(int id) implements Violation {
        @Override
        public String describe() {
            return "message " + id + " is of an extension that was not agreed on";
        }
    }

    /** It says another time what it has, and not as it may. */
    record Contradicts(int id) implements Violation {
        @Override
        public String describe() {
            return "message " + id + " says again what it has, and may come only once and first";
        }
    }

    /** A bitfield of the wrong length, or with spare bits set. */
    record BadBitfield(String reason) implements Violation {
        @Override
        public String describe() {
            return "bad bitfield: " + reason;
        }
    }
}

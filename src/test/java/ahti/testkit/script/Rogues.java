package ahti.testkit.script;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.wire.Capabilities;
import ahti.wire.FrameEncoder;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Ways in which a peer that seems to have everything fails whoever fetches from it. */
enum Rogues implements ActingPeer.Manners {
    /** Every block is wrong, each time in another way. */
    POISONS {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            me.lies(block, me.random().nextInt());
        }
    },

    /** The first block of each piece is wrong, always in the same way. */
    LIES_IN_ONE_BLOCK {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            if (block.offset() == 0) {
                me.lies(block, 7);
            } else {
                me.sendsBlock(block);
            }
        }
    },

    /** Every second block is wrong. */
    ALTERNATES {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            if (me.served() % 2 == 0) {
                me.lies(block, me.random().nextInt());
            } else {
                me.sendsBlock(block);
            }
        }
    },

    /** Right until the last piece. */
    LIES_ABOUT_THE_LAST_PIECE {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            if (block.piece() == me.torrent().layout().pieces() - 1) {
                me.lies(block, 9);
            } else {
                me.sendsBlock(block);
            }
        }
    },

    /** A few wrong blocks, then it is gone, and comes back from another port. */
    LIES_AND_RUNS {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            me.lies(block, 11);
            if (me.served() % 3 == 0) {
                me.hangsUp();
            }
        }

        @Override
        public void over(ActingPeer me) {
            me.dialsAgainAfter(Duration.ofMillis(700));
        }
    },

    /** Takes requests and never answers. */
    NEVER_ANSWERS {
        @Override
        public void asked(ActingPeer me, BlockRef block) {}
    },

    /** A block a minute. */
    A_BLOCK_A_MINUTE {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            me.after(Duration.ofSeconds(55), () -> me.sendsBlock(block));
        }
    },

    /** A byte of a block each second. */
    DRIPS {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            if (me.requests() == 1) {
                drip(me, FrameEncoder.encode(List.of(piece(me, block))));
            }
        }

        private void drip(ActingPeer me, ByteString left) {
            if (left.nonEmpty()) {
                me.sendsBytes(left.take(1));
                me.after(Duration.ofSeconds(1), () -> drip(me, left.drop(1)));
            }
        }
    },

    /** Lets the engine ask and changes its mind, for ever. */
    CHOKES_AND_UNCHOKES {
        @Override
        public void opened(ActingPeer me) {
            hasEverything(me);
            again(me);
        }

        private void again(ActingPeer me) {
            me.sends(Signal.UNCHOKE);
            me.after(Duration.ofMillis(2), () -> {
                me.sends(Signal.CHOKE);
                me.after(Duration.ofMillis(2), () -> again(me));
            });
        }

        @Override
        public void asked(ActingPeer me, BlockRef block) {}
    },

    /** Chokes as soon as it is asked, and lets the engine ask at once again. */
    CHOKES_WHEN_ASKED {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            if (me.requests() % 8 == 0) {
                me.sends(Signal.CHOKE);
                me.after(Duration.ofMillis(10), () -> me.sends(Signal.UNCHOKE));
            }
        }
    },

    /** Rejects whatever it is asked for. */
    REJECTS {
        @Override
        public Capabilities offers() {
            return FAST;
        }

        @Override
        public void asked(ActingPeer me, BlockRef block) {
            me.sends(new PeerMessage.Reject(block));
        }
    },

    /** Allows a piece, rejects it, and allows it again. */
    ALLOWS_AND_REJECTS {
        @Override
        public Capabilities offers() {
            return FAST;
        }

        @Override
        public void opened(ActingPeer me) {
            me.sends(PeerMessage.Possession.HAVE_ALL, new PeerMessage.AllowedFast(0), new PeerMessage.AllowedFast(1));
        }

        @Override
        public void asked(ActingPeer me, BlockRef block) {
            me.sends(new PeerMessage.Reject(block), new PeerMessage.AllowedFast(block.piece()));
        }
    },

    /** Sends half of each block, vanishes, and comes back. */
    VANISHES_MID_BLOCK {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            me.sendsBytes(FrameEncoder.encode(List.of(piece(me, block))).take(BlockRef.MAX_LENGTH / 2));
            me.hangsUp();
        }

        @Override
        public void over(ActingPeer me) {
            me.dialsAgainAfter(Duration.ofSeconds(1));
        }
    },

    /** Answers each request with another block than it was asked for. */
    SENDS_ANOTHER_BLOCK {
        @Override
        public void asked(ActingPeer me, BlockRef block) {
            BlockRef other = me.torrent()
                    .block((block.piece() + 1) % me.torrent().layout().pieces(), 0);
            me.sendsBlock(other);
        }
    },

    /** Is connected, and never says a word after its handshake but to stay so. */
    SAYS_NOTHING {
        @Override
        public void opened(ActingPeer me) {
            me.after(Duration.ofSeconds(60), () -> {
                me.sends(PeerMessage.KeepAlive.INSTANCE);
                opened(me);
            });
        }

        @Override
        public void asked(ActingPeer me, BlockRef block) {}
    },

    /** Repeats all day what it has and suggests, and delivers nothing. */
    TALKS {
        @Override
        public Capabilities offers() {
            return FAST;
        }

        @Override
        public void opened(ActingPeer me) {
            hasEverything(me);
            me.sends(Signal.UNCHOKE);
            talk(me);
        }

        private void talk(ActingPeer me) {
            int pieces = me.torrent().layout().pieces();
            for (int i = 0; i < 100; i++) {
                int piece = me.random().nextInt(pieces);
                me.sends(new PeerMessage.Have(piece));
                me.sends(new PeerMessage.Suggest(piece));
                me.sends(new PeerMessage.AllowedFast(piece));
            }
            me.after(Duration.ofSeconds(1), () -> talk(me));
        }

        @Override
        public void asked(ActingPeer me, BlockRef block) {}
    };

    private static final Capabilities FAST = new Capabilities(true, false, false);

    @Override
    public void opened(ActingPeer me) {
        hasEverything(me);
        me.sends(Signal.UNCHOKE);
    }

    private static void hasEverything(ActingPeer me) {
        me.sends(PeerMessage.BitfieldBytes.of(Bitfield.all(me.torrent().layout().pieces())));
    }

    private static PeerMessage.Piece piece(ActingPeer me, BlockRef block) {
        return new PeerMessage.Piece(new Block(block, me.torrent().bytes(block)));
    }

    /** Serves right blocks, one after the other, each that long after the one before. */
    static ActingPeer.Manners honest(Duration perBlock) {
        return new ActingPeer.Manners() {
            private final java.util.ArrayDeque<BlockRef> queue = new java.util.ArrayDeque<>();

            @Override
            public void opened(ActingPeer me) {
                queue.clear();
                hasEverything(me);
                me.sends(Signal.UNCHOKE);
            }

            @Override
            public void asked(ActingPeer me, BlockRef block) {
                queue.add(block);
                if (queue.size() == 1) {
                    me.after(perBlock, () -> next(me));
                }
            }

            private void next(ActingPeer me) {
                BlockRef first = queue.poll();
                if (first != null) {
                    me.sendsBlock(first);
                }
                if (!queue.isEmpty()) {
                    me.after(perBlock, () -> next(me));
                }
            }

            @Override
            public void heard(ActingPeer me, PeerMessage message) {
                if (message instanceof PeerMessage.Cancel cancel) {
                    queue.remove(cancel.block());
                }
            }
        };
    }
}

package ahti.peer;

import ahti.actor.Handlers;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PeerId;
import ahti.disk.DiskWriter;
import ahti.limit.Allotter;
import ahti.peer.PeerConnection.Command;
import ahti.peer.PeerConnection.Parting;
import ahti.picker.PiecePicker;
import ahti.wire.Capabilities;
import ahti.wire.ExtensionName;
import ahti.wire.FrameDecoder;
import ahti.wire.PeerMessage;
import ahti.wire.PexMessage;
import ahti.wire.ProtocolException;
import ahti.wire.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.util.ByteString;

/**
 * Messages flow. One read from the socket is one message here: its blocks, haves and requests travel on as lists.
 *
 * <p>A peer that does not take what we send costs no more than the upload buffer. Blocks that wait for it are no reason not
 * to read on: two that send to each other and both wait would wait for ever. Only one that makes us talk and does not
 * listen is not read from.
 */
final class Open extends Owned implements Extensions.Listener {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int PIECE = 7;

    private final FrameDecoder decoder;
    private final Fetching fetching;
    private final Serving serving;
    private final BatchSize batchSize;
    private final Patience patience;
    private final Extensions extensions;
    private final Capabilities agreed;
    private final DhtPort dhtPort;
    private final Tolls tolls;
    private final ActorRef<Allotter.Notice> allotted;
    private final TheirPieces theirs;
    /** Whether both ends speak Fast (BEP 6). */
    private final boolean fast;

    private final PeerId theirId;
    private PeerSample lastSample = PeerSample.BEGINNING;

    // Of the read being handled; empty in between.
    private final List<Block> blocks = new ArrayList<>();
    private boolean flagsChanged;

    Open(Owned before, PeerId theirId, Capabilities agreed) {
        super(before.common, before.setup, before.stored);
        this.uploadOnly = before.uploadOnly;
        this.decoder = new FrameDecoder(
                FrameDecoder.maxLength(setup.layout().pieces(), setup.config().message()));
        this.patience = new Patience(setup.config(), link);
        this.agreed = agreed;
        this.fast = agreed.fast();
        this.extensions = new Extensions(setup, link, common.address(), patience, this);
        this.dhtPort = new DhtPort(setup, common.address(), agreed);
        this.tolls = new Tolls(setup.config().requestHorizon());
        this.fetching = new Fetching(setup, link, tolls, fast);
        this.serving = new Serving(
                setup,
                stored,
                link,
                tolls,
                fast,
                getContext().messageAdapter(DiskWriter.ReadReply.class, PeerConnection.ReadDone::new));
        this.theirs = new TheirPieces(setup, patience);
        this.theirId = theirId;
        this.allotted = getContext().messageAdapter(Allotter.Notice.class, PeerConnection.Allotted::new);
        this.batchSize = new BatchSize(setup.clock().nanos());
    }

    /** Says what we have, makes itself known, and takes what came along with the handshake. */
    Behavior<Command> begin(ByteString rest) {
        serving.sayWhatWeHave();
        if (agreed.extended()) {
            extensions.begin(uploadOnly);
        }
        link.limitedBy(tolls);
        setup.allotter().tell(new Allotter.Join(setup.infoHash(), allotted));
        dhtPort.begin(link);
        link.flush();
        common.timers().startTimerWithFixedDelay(PeerConnection.Tick.INSTANCE, SECOND);
        setup.picker()
                .tell(new PiecePicker.Join(
                        setup.id(),
                        getContext().messageAdapter(PiecePicker.Instruction.class, PeerConnection.Instructed::new)));
        setup.owner()
                .tell(new PeerConnection.Greeted(
                        setup.id(), getContext().getSelf(), theirId, common.address(), common.incoming()));
        tolls.came(rest);
        return take();
    }

    @Override
    public Receive<Command> createReceive() {
        return owned(new Handlers<Command>()
                        .onMessage(PeerConnection.Received.class, this::onReceived)
                        .onMessage(PeerConnection.Sent.class, this::onSent)
                        .onMessage(PeerConnection.Instructed.class, this::onInstructed)
                        .onMessage(PeerConnection.ReadDone.class, this::onReadDone))
                .onMessage(PeerConnection.Allotted.class, this::onAllotted)
                .onMessage(PeerConnection.Tick.class, this::onTick)
                .onMessage(PeerConnection.SetChoke.class, this::onSetChoke)
                .onMessage(PeerConnection.EndTurn.class, this::onEndTurn)
                .onMessage(PeerConnection.TellPieces.class, this::onTellPieces)
                .onMessage(PeerConnection.TellOfPeers.class, this::onTellOfPeers)
                .onMessage(PeerConnection.Connected.class, this::ignore)
                .onMessage(PeerConnection.HandshakeOverdue.class, this::ignore)
                .build();
    }

    private Behavior<Command> onReceived(PeerConnection.Received message) {
        link.read(message.reader());
        tolls.came(message.bytes());
        pulse.heard(setup.clock().nanos());
        return take();
    }

    private Behavior<Command> take() {
        try {
            for (ByteString bytes = tolls.next(); !bytes.isEmpty(); bytes = tolls.next()) {
                for (PeerMessage message : decoder.feed(bytes)) {
                    handle(message);
                }
            }
        } catch (ProtocolException e) {
            return leave(Parting.BROKE_RULE, e.violation().describe());
        }
        theirs.settle();
        deliver();
        fetching.settle();
        return finish();
    }

    private void deliver() {
        if (!blocks.isEmpty()) {
            fetching.arrived(List.copyOf(blocks));
            blocks.clear();
        }
    }

    private void handle(PeerMessage message) throws ProtocolException {
        if (message instanceof PeerMessage.Piece piece) {
            onPiece(piece.block());
        } else if (message instanceof PeerMessage.Request request) {
            require(serving.isPossible(request.block()), request.id(), request.block());
            patience.spendUnless(serving.request(request.block()));
        } else if (message instanceof PeerMessage.Have have) {
            theirs.have(have.piece());
            serving.peerHas(theirs.count());
        } else if (message instanceof PeerMessage.Signal signal) {
            onSignal(signal);
        } else if (message instanceof PeerMessage.Cancel cancel) {
            // Also when it was waiting: to ask and to take it back, again and again, brings nothing.
            patience.spend(1);
            serving.cancel(cancel.block());
        } else if (message instanceof PeerMessage.BitfieldBytes bitfield) {
            boolean isFirst = !theirs.isKnown();
            theirs.bitfield(bitfield.bytes());
            peerSaidWhatItHas(isFirst);
        } else if (message instanceof PeerMessage.Extended extended) {
            extensions.heard(extended);
        } else if (message instanceof PeerMessage.Port port) {
            patience.spend(1);
            dhtPort.heard(port.port());
        } else if (message instanceof PeerMessage.Unknown || message == PeerMessage.KeepAlive.INSTANCE) {
            patience.spend(1);
        } else {
            handleFast(message);
        }
    }

    @Override
    public void lost(int piece) throws ProtocolException {
        if (theirs.lose(piece)) {
            deliver();
            fetching.lost(piece);
        }
    }

    @Override
    public void queueOf(int requests) {
        fetching.queueOf(requests);
    }

    private void handleFast(PeerMessage message) throws ProtocolException {
        if (!fast) {
            throw new ProtocolException(new Violation.NotAgreed(message.id()));
        }
        if (message instanceof PeerMessage.Reject reject) {
            if (!fetching.reject(reject.block())) {
                throw new ProtocolException(new Violation.NotAsked(reject.id(), reject.block()));
            }
        } else if (message instanceof PeerMessage.AllowedFast allowed) {
            theirs.requirePiece(allowed.piece());
            patience.spendUnless(fetching.allowed(allowed.piece()));
        } else if (message instanceof PeerMessage.Possession possession) {
            theirs.possession(possession);
            peerSaidWhatItHas(true);
        } else if (message instanceof PeerMessage.Suggest suggest) {
            theirs.requirePiece(suggest.piece());
            patience.spend(1);
            setup.picker().tell(new PiecePicker.Suggested(setup.id(), suggest.piece()));
        }
    }

    /** A newcomer may have a few pieces while it is choked. */
    private void peerSaidWhatItHas(boolean isFirst) {
        serving.peerHas(theirs.count());
        if (isFirst && fast) {
            serving.allow(common.address().getAddress());
        }
    }

    private void onPiece(Block block) throws ProtocolException {
        require(setup.layout().isBlock(block.ref()), PIECE, block.ref());
        if (fetching.takes(PIECE, block)) {
            blocks.add(block);
        }
    }

    private void onSignal(PeerMessage.Signal signal) throws ProtocolException {
        patience.spend(1);
        flagsChanged = true;
        switch (signal) {
            case CHOKE -> {
                // What came before it has come: it must not be returned, too.
                deliver();
                fetching.choked();
            }
            case UNCHOKE -> fetching.unchoked();
            case INTERESTED -> serving.peerInterested(true);
            case NOT_INTERESTED -> serving.peerInterested(false);
        }
    }

    private static void require(boolean possible, int id, BlockRef block) throws ProtocolException {
        if (!possible) {
            throw new ProtocolException(new Violation.NoSuchBlock(id, block.piece(), block.offset(), block.length()));
        }
    }

    private Behavior<Command> onSent(PeerConnection.Sent message) {
        pulse.taken(setup.clock().nanos());
        link.batchOf(batchSize.taken(setup.clock().nanos()));
        link.sent();
        return finish();
    }

    private Behavior<Command> onInstructed(PeerConnection.Instructed message) {
        PiecePicker.Instruction instruction = message.instruction();
        if (instruction instanceof PiecePicker.Fetch fetch) {
            fetching.fetch(fetch.blocks());
        } else if (instruction instanceof PiecePicker.Cancel cancel) {
            fetching.cancel(cancel.blocks());
        } else if (instruction instanceof PiecePicker.Interest interest) {
            fetching.interest(interest.interested());
            flagsChanged = true;
        } else if (instruction instanceof PiecePicker.Suggest suggest) {
            serving.suggest(suggest.pieces());
        }
        return finish();
    }

    private Behavior<Command> onReadDone(PeerConnection.ReadDone message) {
        if (message.reply() instanceof DiskWriter.BlocksRead read) {
            serving.read(read.blocks());
        } else if (message.reply() instanceof DiskWriter.NotRead not) {
            serving.notRead(not.blocks());
            setup.owner().tell(new PeerConnection.Unreadable(setup.id(), not.problem()));
        }
        return finish();
    }

    private Behavior<Command> onAllotted(PeerConnection.Allotted message) {
        tolls.heard(message.notice());
        return take();
    }

    private Behavior<Command> onSetChoke(PeerConnection.SetChoke message) {
        serving.choke(message.choke());
        flagsChanged = true;
        return finish();
    }

    private Behavior<Command> onTellOfPeers(PeerConnection.TellOfPeers message) {
        extensions.say(ExtensionName.PEERS, new PexMessage(message.added(), message.dropped()).toBody());
        finish();
        return this;
    }

    @Override
    Behavior<Command> onSetUploadOnly(PeerConnection.SetUploadOnly message) {
        extensions.uploadOnly(message.uploadOnly());
        return finish();
    }

    @Override
    Behavior<Command> onAnnounce(PeerConnection.Announce message) {
        if (stored.add(message.piece())) {
            link.queue(new PeerMessage.Have(message.piece()));
        }
        return finish();
    }

    private Behavior<Command> onEndTurn(PeerConnection.EndTurn message) {
        serving.endTurn();
        return finish();
    }

    private Behavior<Command> onTellPieces(PeerConnection.TellPieces message) {
        theirs.tellOwner();
        return finish();
    }

    private Behavior<Command> onTick(PeerConnection.Tick message) {
        long now = setup.clock().nanos();
        Optional<String> gone = pulse.gone(now, tolls.mayRead(), link.isWriting());
        if (gone.isPresent()) {
            return leave(Parting.SILENT, gone.get());
        }
        fetching.tick(now);
        serving.tick(now);
        patience.tick();
        if (pulse.isKeepAliveDue(now)) {
            link.queue(PeerMessage.KeepAlive.INSTANCE);
        }
        flagsChanged = true;
        return finish();
    }

    /** Ends every handler: reads ahead for the peer, lets queued messages leave, tells what changed, reads on. */
    private Behavior<Command> finish() {
        serving.pump();
        extensions.pump();
        if (link.backlog() > 0) {
            link.flush();
            if (!link.isHeldUp()) {
                pulse.said(setup.clock().nanos());
            }
        }
        if (flagsChanged || serving.amChoking() != lastSample.amChoking()) {
            flagsChanged = false;
            tellSample();
        }
        if (link.talkWaiting() <= setup.config().talkBuffer()) {
            link.readOn();
        }
        tolls.serves(!serving.amChoking());
        tolls.settle(setup.allotter(), allotted);
        return this;
    }

    /** The torrent counts what passed since the last second, too. */
    @Override
    void lastWords() {
        tellSample();
    }

    private void tellSample() {
        long now = setup.clock().nanos();
        PeerSample sample = new PeerSample(
                serving.amChoking(),
                fetching.amInterested(),
                fetching.peerChoking(),
                serving.peerInterested(),
                theirs.count(),
                fetching.inFlight(),
                fetching.downloaded(),
                serving.uploaded(),
                fetching.rate(now),
                serving.rate(now),
                serving.waiting(),
                fetching.asking());
        if (!sample.equals(lastSample)) {
            lastSample = sample;
            setup.owner().tell(new PeerConnection.Sampled(setup.id(), sample));
        }
    }
}

package ahti.torrent;

import ahti.actor.Handlers;
import ahti.core.InfoBytes;
import ahti.core.Limits;
import ahti.core.PeerId;
import ahti.dht.Seeker;
import ahti.lsd.LocalDiscovery;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import ahti.net.place.Whereabouts;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent.Command;
import ahti.torrent.why.WaitReason;
import ahti.tracker.Announcer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Only a magnet link is known: peers are looked for and asked for the metadata (BEP 9). When they are here and have the right
 * hash, the torrent's first life begins, with the peers that were met; what was asked meanwhile waits for that.
 */
final class Seeking extends AbstractBehavior<Command> {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Supervised.Foundling ward;
    private final MagnetSpec spec;
    private final Hunt hunt;
    private final Informants peers;
    private final Lookout lookout;
    private boolean paused;
    private @Nullable Problem problem;

    private Seeking(Supervised.Foundling ward, MagnetSpec spec) {
        super(ward.context());
        this.ward = ward;
        this.spec = spec;
        PeerId peerId = PeerId.random(ward.world().secrets());
        this.lookout = new Lookout(getContext(), ward.world(), spec, peerId);
        this.hunt = new Hunt(spec.magnet()::isInfo, limits().torrentFileBytes());
        this.peers = new Informants(
                getContext(), ward.world(), ward.past(), spec.magnet().infoHash(), peerId);
        peers.add(spec.peers());
        ward.world()
                .whereabouts()
                .tell(new Whereabouts.Watch(
                        getContext().messageAdapter(Whereabouts.Notice.class, Torrent.Located::new)));
    }

    /** Begins to look. {@code ward} says nothing yet of what the torrent is. */
    static Behavior<Command> begin(Supervised.Foundling ward, MagnetSpec spec) {
        Seeking seeking = new Seeking(ward, spec);
        seeking.goOut();
        return seeking;
    }

    private Limits limits() {
        return ward.world().config().limits();
    }

    private void goOut() {
        tellState(TorrentState.METADATA);
        ward.timers().startTimerWithFixedDelay(Torrent.Tick.INSTANCE, SECOND);
        ward.restarts().began(ward.world().clock().nanos());
        lookout.begin();
        peers.tick();
    }

    private void tellState(TorrentState state) {
        getContext().getLog().info("{}: {}", spec.magnet().title(), state);
        ward.subscriber().tell(new TorrentEvent.StateChanged(spec.magnet().infoHash(), state));
    }

    private void comeHome() {
        ward.timers().cancel(Torrent.Tick.INSTANCE);
        ward.timers().cancel(Torrent.Restart.INSTANCE);
        peers.disconnectAll("the torrent's metadata are known, or it rests");
        lookout.end();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Torrent.PeerTold.class, this::onPeerTold)
                .onMessage(Torrent.PeerGone.class, this::onPeerGone)
                .onMessage(Torrent.TrackerTold.class, this::onTrackerTold)
                .onMessage(Torrent.LocalTold.class, this::onLocalTold)
                .onMessage(Torrent.DhtTold.class, this::onDhtTold)
                .onMessage(Torrent.Restart.class, this::onRestart)
                .onMessage(Torrent.Tick.class, this::onTick)
                .onMessage(Torrent.Seated.class, this::onSeated)
                .onMessage(Torrent.Welcome.class, this::onWelcome)
                .onMessage(Torrent.AddPeers.class, this::onAddPeers)
                .onMessage(Torrent.Located.class, this::onLocated)
                .onMessage(Torrent.Reannounce.class, this::onReannounce)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.GetPeers.class, this::onGetPeers)
                .onMessage(Torrent.Pause.class, this::onPause)
                .onMessage(Torrent.Resume.class, this::onResume)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onAnyMessage(this::onAny)
                .onSignal(ChildFailed.class, this::onFailed)
                .build();
    }

    private Behavior<Command> onPeerTold(Torrent.PeerTold message) {
        PeerConnection.Event event = message.event();
        if (event instanceof PeerConnection.Greeted greeted) {
            if (peers.greeted(greeted)) {
                lookout.networkIsBack();
            }
        } else if (event instanceof PeerConnection.Introduced introduced) {
            introduced.introduction().metadataSize().ifPresent(size -> hunt.offers(introduced.id(), size));
        } else if (event instanceof PeerConnection.ContactsHeard heard && !isResting()) {
            peers.told(heard);
        } else if (event instanceof PeerConnection.DhtNodeHeard heard) {
            lookout.dht.introduce(heard.node());
        } else if (event instanceof PeerConnection.MetadataRefused refused) {
            hunt.refused(refused.id(), ward.world().clock().nanos());
        } else if (event instanceof PeerConnection.Left left) {
            hunt.left(left.id());
            peers.left(left);
        } else if (event instanceof PeerConnection.MetadataCame came) {
            return onMetadata(came);
        }
        return ask();
    }

    private Behavior<Command> onMetadata(PeerConnection.MetadataCame came) {
        Hunt.Outcome outcome = hunt.came(
                came.id(), came.block(), came.bytes(), ward.world().clock().nanos());
        if (outcome instanceof Hunt.Found found) {
            return found(found.info());
        }
        if (outcome == Hunt.Lie.INSTANCE) {
            peers.ban(came.id())
                    .ifPresent(liar -> ward.subscriber()
                            .tell(new TorrentEvent.PeerDropped(
                                    spec.magnet().infoHash(), liar.toString(), "sent wrong metadata")));
        }
        return ask();
    }

    private Behavior<Command> ask() {
        if (!isResting()) {
            for (Hunt.Ask ask : hunt.next(ward.world().clock().nanos())) {
                peers.tell(ask.of(), new PeerConnection.AskMetadata(ask.block()));
            }
        }
        return this;
    }

    private boolean isResting() {
        return paused || problem != null;
    }

    private Behavior<Command> onPeerGone(Torrent.PeerGone message) {
        hunt.left(message.id());
        peers.gone(message.id());
        return ask();
    }

    private Behavior<Command> onTrackerTold(Torrent.TrackerTold message) {
        if (message.event() instanceof Announcer.PeersFound found && !isResting()) {
            peers.add(found.peers());
            peers.dialMore();
        }
        return this;
    }

    private Behavior<Command> onLocalTold(Torrent.LocalTold message) {
        if (message.event() instanceof LocalDiscovery.PeerHeard heard && !isResting()) {
            peers.add(List.of(heard.peer()));
            peers.dialMore();
        }
        return this;
    }

    private Behavior<Command> onDhtTold(Torrent.DhtTold message) {
        if (message.event() instanceof Seeker.Changed changed) {
            lookout.dht.heard(changed.status());
        } else if (message.event() instanceof Seeker.PeersFound found && !isResting()) {
            peers.add(found.peers());
            peers.dialMore();
        }
        return this;
    }

    /** The announcer died of a bug; as with any other torrent it begins again after a pause, a few times. */
    private Behavior<Command> onFailed(ChildFailed signal) {
        lookout.announcerFailed();
        Optional<Duration> pause = ward.restarts().failed(ward.world().clock().nanos());
        if (pause.isEmpty()) {
            comeHome();
            ward.subscriber()
                    .tell(new TorrentEvent.ProblemRaised(
                            spec.magnet().infoHash(), ward.restarts().givenUp(signal.getCause())));
            return Behaviors.stopped();
        }
        ward.timers().startSingleTimer(Torrent.Restart.INSTANCE, pause.get());
        ward.subscriber().tell(ward.restarts().event(spec.magnet().infoHash(), signal.getCause(), pause.get()));
        return this;
    }

    private Behavior<Command> onRestart(Torrent.Restart message) {
        ward.restarts().began(ward.world().clock().nanos());
        lookout.announce();
        return this;
    }

    private Behavior<Command> onTick(Torrent.Tick message) {
        peers.tick();
        if (peers.isEmpty()) {
            lookout.needPeers();
        }
        return ask();
    }

    private Behavior<Command> onSeated(Torrent.Seated message) {
        peers.granted(message.granted());
        return this;
    }

    private Behavior<Command> onWelcome(Torrent.Welcome message) {
        if (isResting()) {
            message.peer().tell(new PeerConnection.Disconnect("no peers are wanted now"));
        } else {
            peers.welcome(message.peer(), message.address());
        }
        return this;
    }

    private Behavior<Command> onAddPeers(Torrent.AddPeers message) {
        ward.past().addPeers(message.peers());
        peers.add(message.peers());
        return this;
    }

    private Behavior<Command> onLocated(Torrent.Located message) {
        if (message.notice() instanceof Whereabouts.Rerouted rerouted && !isResting()) {
            peers.rerouted(rerouted.went());
            lookout.networkIsBack();
        }
        return this;
    }

    private Behavior<Command> onReannounce(Torrent.Reannounce message) {
        lookout.needPeers();
        return this;
    }

    private Behavior<Command> onGetPeers(Torrent.GetPeers message) {
        message.replyTo().tell(new Torrent.Peers(List.of()));
        return this;
    }

    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        TorrentState state =
                problem != null ? TorrentState.FAILED : paused ? TorrentState.PAUSED : TorrentState.METADATA;
        message.replyTo()
                .tell(TorrentStatus.unknown(
                        spec.magnet().infoHash(),
                        spec.magnet().title(),
                        state,
                        new TorrentStatus.Peers(peers.connected(), 0, 0, peers.known()),
                        lookout.dht.status(),
                        waiting(),
                        Optional.ofNullable(problem)));
        return this;
    }

    private WaitReason waiting() {
        if (problem != null) {
            return new WaitReason.Troubled(problem.describe());
        }
        return paused
                ? new WaitReason.PausedByUser()
                : new WaitReason.Metadata(peers.connected(), peers.known(), hunt.have(), hunt.size());
    }

    private Behavior<Command> onPause(Torrent.Pause message) {
        if (!isResting()) {
            paused = true;
            comeHome();
            tellState(TorrentState.PAUSED);
        }
        return this;
    }

    private Behavior<Command> onResume(Torrent.Resume message) {
        if (isResting()) {
            paused = false;
            problem = null;
            goOut();
        }
        return this;
    }

    private Behavior<Command> onStop(Torrent.Stop message) {
        comeHome();
        return SayingGoodbye.begin(ward, spec, lookout, Optional.of(message.replyTo()));
    }

    /** What it cannot answer waits until the torrent is known. */
    private Behavior<Command> onAny(Command message) {
        if (ward.stash().isFull()) {
            getContext()
                    .getLog()
                    .warn("{}: too much asked before it is known", spec.magnet().title());
        } else {
            ward.stash().stash(message);
        }
        return this;
    }

    private Behavior<Command> found(InfoBytes info) {
        List<InetSocketAddress> met = peers.addresses();
        comeHome();
        Optional<byte[]> torrent = spec.magnet().toTorrent(info, limits());
        if (torrent.isEmpty()) {
            return fail("they are not bencode");
        }
        ReadResult read = MetainfoReader.read(torrent.get(), limits());
        if (read instanceof ReadResult.Ok ok) {
            return known(ok.metainfo(), met);
        }
        return fail(
                read instanceof ReadResult.Bad bad
                        ? bad.describe()
                        : "it is a torrent for BitTorrent v2 alone, which is not supported yet");
    }

    private Behavior<Command> fail(String why) {
        Problem bad = new Problem.BadMetadata("the torrent's metadata cannot be used: " + why);
        problem = bad;
        tellState(TorrentState.FAILED);
        ward.subscriber().tell(new TorrentEvent.ProblemRaised(spec.magnet().infoHash(), bad));
        return this;
    }

    private Behavior<Command> known(Metainfo metainfo, List<InetSocketAddress> met) {
        // Of a private torrent only trackers and the user may name peers (BEP 27).
        List<InetSocketAddress> kept = new ArrayList<>(metainfo.isPrivate() ? List.of() : met);
        ward.subscriber().tell(new TorrentEvent.MetadataKnown(metainfo.infoHash(), metainfo, kept));
        if (spec.metadataOnly()) {
            return SayingGoodbye.begin(ward, spec, lookout, Optional.empty());
        }
        return Supervised.begin(ward.with(spec.whole().apply(metainfo, kept)));
    }
}

package ahti.torrent;

import ahti.actor.Handlers;
import ahti.dht.Seeker;
import ahti.disk.DiskProblem;
import ahti.lsd.LocalDiscovery;
import ahti.net.place.Whereabouts;
import ahti.peer.PeerConnection;
import ahti.picker.PiecePicker;
import ahti.torrent.Torrent.Command;
import ahti.torrent.reading.Reader;
import ahti.tracker.Announcer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;

/** A phase with peers: what {@link Downloading} and {@link Seeding} share. */
abstract class Swarming extends TorrentPhase {
    final Crew crew;
    final Swarm swarm;

    Swarming(Crew crew) {
        super(crew.station);
        this.crew = crew;
        this.swarm = crew.swarm;
    }

    /** Opens the torrent to the world: picker, announcer, peers. */
    static Behavior<Command> begin(Station station) {
        Crew crew = new Crew(station);
        crew.swarm.add(station.userPeers());
        crew.rhythm.wake();
        Behavior<Command> phase = station.progress.isFinished() ? Seeding.begin(crew, true) : Downloading.begin(crew);
        crew.goOut();
        crew.swarm.tick();
        return phase;
    }

    abstract TorrentState state();

    final Handlers<Command> swarming(Handlers<Command> builder) {
        return reading(builder.onMessage(Torrent.PeerTold.class, this::onPeerTold))
                .onMessage(Torrent.PeerGone.class, this::onPeerGone)
                .onMessage(Torrent.WebSeedTold.class, this::onWebSeedTold)
                .onMessage(Torrent.WebSeedGone.class, this::onWebSeedGone)
                .onMessage(Torrent.Tick.class, this::onTick)
                .onMessage(Torrent.GetStatus.class, this::onGetStatus)
                .onMessage(Torrent.Spread.class, this::onSpread)
                .onMessage(Torrent.Explained.class, this::onExplained)
                .onMessage(Torrent.Welcome.class, this::onWelcome)
                .onMessage(Torrent.TrackerTold.class, this::onTrackerTold)
                .onMessage(Torrent.DhtTold.class, this::onDhtTold)
                .onMessage(Torrent.Seated.class, this::onSeated)
                .onMessage(Torrent.Allotted.class, this::onAllotted)
                .onMessage(Torrent.LocalTold.class, this::onLocalTold)
                .onMessage(Torrent.Located.class, this::onLocated)
                .onMessage(Torrent.GetPeers.class, this::onGetPeers)
                .onMessage(Torrent.AddPeers.class, this::onMorePeers)
                .onMessage(Torrent.TrackersDone.class, this::onTrackersDone)
                .onMessage(Torrent.Reannounce.class, this::onReannounce)
                .onMessage(Torrent.Pause.class, this::onPause)
                .onMessage(Torrent.Stop.class, this::onStop)
                .onAnyMessage(this::ignore)
                .onSignal(ChildFailed.class, this::onChildFailed);
    }

    private Behavior<Command> onPeerTold(Torrent.PeerTold message) {
        PeerConnection.Event event = message.event();
        if (event instanceof PeerConnection.Sampled sampled) {
            swarm.sampled(sampled.id(), sampled.sample());
            fillSlots();
        } else if (event instanceof PeerConnection.Greeted greeted) {
            if (swarm.greeted(greeted)) {
                crew.networkIsBack();
            }
            crew.rhythm.wake();
        } else if (event instanceof PeerConnection.Gained gained) {
            swarm.gained(gained);
        } else if (event instanceof PeerConnection.Left left) {
            swarm.left(left);
            fillSlots();
            swarm.dialMore();
        } else if (event instanceof PeerConnection.Introduced introduced) {
            swarm.introduced(introduced.id(), introduced.introduction());
        } else if (event instanceof PeerConnection.ContactsHeard heard) {
            swarm.told(heard);
        } else if (event instanceof PeerConnection.DhtNodeHeard heard) {
            crew.dht.introduce(heard.node());
        } else if (event instanceof PeerConnection.Unreadable unreadable && swarm.has(unreadable.id())) {
            return unreadable(unreadable.problem());
        }
        return this;
    }

    private void fillSlots() {
        crew.slots.fill(swarm.members(), isSeed(), station.now());
    }

    private boolean isSeed() {
        return state() == TorrentState.SEEDING;
    }

    private Behavior<Command> onPeerGone(Torrent.PeerGone message) {
        swarm.gone(message.id());
        fillSlots();
        return this;
    }

    private Behavior<Command> onWebSeedTold(Torrent.WebSeedTold message) {
        swarm.webSeeds.heard(message.event());
        return this;
    }

    private Behavior<Command> onWebSeedGone(Torrent.WebSeedGone message) {
        swarm.webSeeds.gone(message.id());
        return this;
    }

    private Behavior<Command> onTick(Torrent.Tick message) {
        swarm.tick();
        crew.slots.tick(
                swarm.members(), isSeed(), station.upMeter.total(), swarm.uploadedToNeighbours(), station.now());
        crew.tick(state() == TorrentState.DOWNLOADING);
        crew.rhythm.beat(mayRest());
        return ticked();
    }

    /** Nobody is there; a goal in time is to be kept to the second. */
    private boolean mayRest() {
        return isSeed()
                && swarm.members().isEmpty()
                && station.spec.goal().time().isEmpty();
    }

    /** A second has passed: is it time for something else? */
    Behavior<Command> ticked() {
        return this;
    }

    private Behavior<Command> onWelcome(Torrent.Welcome message) {
        swarm.welcome(message.peer(), message.address());
        return this;
    }

    private Behavior<Command> onMorePeers(Torrent.AddPeers message) {
        station.addPeers(message.peers());
        swarm.add(message.peers());
        swarm.dialMore();
        return this;
    }

    private Behavior<Command> onTrackerTold(Torrent.TrackerTold message) {
        station.heard(message.event());
        if (message.event() instanceof Announcer.PeersFound found) {
            swarm.add(found.peers());
            swarm.dialMore();
        } else if (message.event() instanceof Announcer.SeenAs seen) {
            station.witnesses.tracker(seen);
        }
        return this;
    }

    private Behavior<Command> onDhtTold(Torrent.DhtTold message) {
        if (message.event() instanceof Seeker.PeersFound found) {
            swarm.add(found.peers());
            swarm.dialMore();
        } else if (message.event() instanceof Seeker.Changed changed) {
            crew.dht.heard(changed.status());
        }
        return this;
    }

    private Behavior<Command> onSeated(Torrent.Seated message) {
        swarm.granted(message.granted());
        return this;
    }

    private Behavior<Command> onAllotted(Torrent.Allotted message) {
        crew.slots.heard(message.notice());
        return this;
    }

    private Behavior<Command> onLocalTold(Torrent.LocalTold message) {
        if (message.event() instanceof LocalDiscovery.PeerHeard heard) {
            swarm.add(List.of(heard.peer()));
            swarm.dialMore();
        }
        return this;
    }

    private Behavior<Command> onLocated(Torrent.Located message) {
        if (message.notice() instanceof Whereabouts.Rerouted rerouted) {
            crew.rerouted(rerouted.went());
        } else if (message.notice() instanceof Whereabouts.Elected elected
                && station.ourAddress.elected(elected.address())) {
            crew.moved();
        }
        return this;
    }

    private Behavior<Command> onReannounce(Torrent.Reannounce message) {
        crew.needPeers();
        return this;
    }

    private Behavior<Command> onGetPeers(Torrent.GetPeers message) {
        crew.askedForPeers.add(message);
        swarm.picker.tell(new PiecePicker.Explain(crew.explained));
        return this;
    }

    private Behavior<Command> onExplained(Torrent.Explained message) {
        Torrent.GetPeers question = crew.askedForPeers.poll();
        if (question == null) {
            return this; // of a picker before a pause
        }
        List<PeerStatus> peers = new ArrayList<>(swarm.webSeeds.statuses(message.explanation()));
        swarm.members().forEach(member -> peers.add(member.status(message.explanation(), station.now())));
        question.replyTo().tell(new Torrent.Peers(List.copyOf(peers)));
        return this;
    }

    /** The picker knows how well pieces are spread; its answers come in the order of the questions. */
    private Behavior<Command> onGetStatus(Torrent.GetStatus message) {
        crew.asked.add(message);
        swarm.picker.tell(new PiecePicker.AskAvailability(message.cells(), crew.spread));
        return this;
    }

    private Behavior<Command> onSpread(Torrent.Spread message) {
        Torrent.GetStatus question = crew.asked.poll();
        if (question == null) {
            return this; // of a picker before a pause
        }
        question.replyTo()
                .tell(new StatusReport(station, state())
                        .swarm(swarm, message.availability())
                        .dht(crew.dht.status())
                        .build(question.cells()));
        return this;
    }

    private Behavior<Command> onPause(Torrent.Pause message) {
        crew.dismiss();
        return Paused.byUser(station);
    }

    private Behavior<Command> onStop(Torrent.Stop message) {
        crew.dismiss();
        return Stopping.fromSwarm(station, message.replyTo());
    }

    /** The disk first: nothing is picked that could not be written. */
    @Override
    final Behavior<Command> select(Torrent.Select message) {
        station.select(message);
        return this;
    }

    @Override
    final Behavior<Command> selected(Torrent.Select message) {
        station.choose(message.files());
        swarm.picker.tell(new PiecePicker.Select(station.progress.selection()));
        Behavior<Command> next = chosen();
        message.replyTo().tell(new Torrent.Selected(message.files()));
        return next;
    }

    /** Other files are wanted: whether something is missing may have changed. */
    abstract Behavior<Command> chosen();

    @Override
    Behavior<Command> onUnreadable(Reader.Unreadable event) {
        return unreadable(event.problem());
    }

    /** What somebody changed is found and fetched again; whatever else is wrong with the disk has to pass first. */
    private Behavior<Command> unreadable(DiskProblem problem) {
        return mayBeChecked(problem) ? checkAgain(problem) : restAfterRead(Station.problemOf(problem));
    }

    /** The same of what could not be written. */
    final Behavior<Command> unwritten(DiskProblem problem) {
        return mayBeChecked(problem) ? checkAgain(problem) : rest(Station.problemOf(problem));
    }

    private boolean mayBeChecked(DiskProblem problem) {
        return problem instanceof DiskProblem.Changed && station.mayCheckAgain();
    }

    private Behavior<Command> checkAgain(DiskProblem problem) {
        getContext()
                .getLog()
                .warn("{}: {}, and is checked", station.spec.metainfo().name(), problem.describe());
        crew.dismiss();
        return Checking.begin(station);
    }

    private Behavior<Command> restAfterRead(Problem problem) {
        crew.dismiss();
        return AwaitingDisk.afterRead(station, problem);
    }

    /** Rests, for something could not be written. */
    final Behavior<Command> rest(Problem problem) {
        crew.dismiss();
        return AwaitingDisk.afterWrite(station, problem);
    }
}

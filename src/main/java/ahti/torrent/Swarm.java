package ahti.torrent;

import ahti.core.Bitfield;
import ahti.core.ConnectionId;
import ahti.limit.Seats;
import ahti.metainfo.Metainfo;
import ahti.peer.Introduction;
import ahti.peer.Ourselves;
import ahti.peer.PeerConnection;
import ahti.peer.PeerConnection.Parting;
import ahti.peer.PeerSample;
import ahti.peer.PeerSetup;
import ahti.picker.PiecePicker;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * The peers of a torrent: those connected, those being dialled, and the addresses still to try.
 *
 * <p>At most the configured number is connected; one address and one peer id are not connected twice. Touched by the
 * torrent's actor only.
 */
final class Swarm {
    final Station station;
    final ActorRef<PiecePicker.Command> picker;
    private final ActorRef<PeerConnection.Event> peerTold;
    final Candidates candidates;
    private final Map<ConnectionId, Member> members = new LinkedHashMap<>();
    private final Map<ConnectionId, Guest> greeting = new LinkedHashMap<>();
    final WebSeeds webSeeds;
    private final Room room;
    private final Hearsay hearsay;
    final Blame blame;
    private final Veil veil;
    private int contributed;
    private long uploadedToNeighbours;

    Swarm(Station station, ActorRef<PiecePicker.Command> picker) {
        this.station = station;
        this.picker = picker;
        this.webSeeds = new WebSeeds(station, picker);
        this.blame = new Blame(members, webSeeds);
        this.candidates = new Candidates(station.world.config().torrent());
        this.hearsay = new Hearsay(station.world, candidates);
        this.room = new Room(station.world, station.ourAddress, station.quota(), members.values(), greeting.values());
        this.peerTold = station.context.messageAdapter(PeerConnection.Event.class, Torrent.PeerTold::new);
        this.veil = Veil.of(station, station.world.random());
        add(station.spec.peers());
    }

    /** Adds addresses to try, but not those that the user blocks. */
    void add(Collection<InetSocketAddress> addresses) {
        candidates.add(addresses.stream()
                .filter(address ->
                        address.isUnresolved() || station.world.transport().mayTalkTo(address))
                .toList());
    }

    /** Dials as many candidates as there is room for. */
    void dialMore() {
        for (InetSocketAddress address : candidates.take(room.toDial(), station.now(), room::priority)) {
            ConnectionId id = station.nextConnection();
            Behavior<PeerConnection.Command> peer = PeerConnection.dial(station.world.transport(), address, setup(id));
            room.dials();
            watch(id, new Guest(station.context.spawn(peer, id.toString()), address, false));
        }
    }

    /** Lets a stranger in, or tells it to hang up. */
    void welcome(ActorRef<PeerConnection.Command> peer, InetSocketAddress address) {
        Optional<String> refusal = candidates.isBanned(address) ? Optional.of("banned") : room.refusal(address);
        if (refusal.isPresent()) {
            peer.tell(new PeerConnection.Disconnect(refusal.get()));
            return;
        }
        ConnectionId id = station.nextConnection();
        watch(id, new Guest(peer, address, true));
        peer.tell(new PeerConnection.Enter(setup(id)));
    }

    private PeerSetup setup(ConnectionId id) {
        // A crowd of newcomers would take the whole uplink in this way.
        boolean isQuiet =
                members.size() + greeting.size() < station.world.config().peer().allowedFastPeers();
        return new PeerSetup(
                id,
                station.spec.metainfo().infoHash(),
                station.peerId,
                ourselves(),
                Optional.of(new PeerSetup.Content(
                        station.progress.layout(),
                        veil.hides() ? Bitfield.none(station.progress.layout().pieces()) : station.progress.stored(),
                        picker,
                        station.disk,
                        isQuiet)),
                station.world.allotter(),
                peerTold,
                station.world.config().peer(),
                station.world.clock());
    }

    private Ourselves ourselves() {
        Metainfo metainfo = station.spec.metainfo();
        return new Ourselves(
                station.world.listeningPort(),
                DhtLine.port(station.world, metainfo),
                metainfo.isPrivate() ? Optional.empty() : metainfo.info(),
                Exchange.isOn(station),
                saysUploadOnly());
    }

    /** A super-seed does not say so: peers leave one that sends only and seems to have nothing. */
    private boolean saysUploadOnly() {
        return station.progress.isFinished() && !veil.hides();
    }

    private void watch(ConnectionId id, Guest guest) {
        greeting.put(id, guest);
        station.context.watchWith(guest.peer, new Torrent.PeerGone(id));
    }

    /** A peer's handshake is through; the same peer is not kept twice. True when for a while nobody was here. */
    boolean greeted(PeerConnection.Greeted greeted) {
        if (greeting.remove(greeted.id()) == null) {
            greeted.peer().tell(new PeerConnection.Disconnect("the torrent knows nothing of it"));
            return false;
        }
        Member newcomer = new Member(greeted, station.now());
        if (candidates.isBanned(newcomer.address) || blame.isKnownLiar(newcomer)) {
            newcomer.peer.tell(new PeerConnection.Disconnect("banned"));
            candidates.failed(newcomer.address, station.now());
            return false;
        }
        for (Member member : members.values()) {
            if (member.peerId.equals(newcomer.peerId)) {
                Member loser = loser(member, newcomer);
                loser.peer.tell(new PeerConnection.Disconnect("connected twice"));
                if (loser == newcomer) {
                    member.peer.tell(PeerConnection.Doubt.INSTANCE);
                    // Nobody hears of its end any more, and its address must not stay busy for ever.
                    candidates.failed(newcomer.address, station.now());
                    return false;
                }
                break;
            }
        }
        members.put(newcomer.id, newcomer);
        veil.joined(newcomer, members, station.now());
        return candidates.inCompany(station.now());
    }

    /** A peer says what it has; only asked of those who may not see what we have. */
    void gained(PeerConnection.Gained gained) {
        veil.gained(gained, members, station.now());
    }

    /** Another seed is here: everybody may see what we have. */
    private void unveil() {
        veil.fall();
        station.context
                .getLog()
                .info(
                        "{}: another seed is here, super-seeding ends",
                        station.spec.metainfo().name());
        PeerConnection.Reveal all = new PeerConnection.Reveal(station.progress.stored());
        greeting.values().forEach(guest -> guest.peer.tell(all));
        members.values().forEach(member -> member.peer.tell(all));
        uploadOnly(true);
    }

    /** Both ends must drop the same one: that kept is the one which the larger peer id dialled. */
    private Member loser(Member older, Member newer) {
        if (older.incoming == newer.incoming) {
            return newer;
        }
        boolean weAreLarger = station.peerId.compareTo(older.peerId) > 0;
        return older.incoming == weAreLarger ? older : newer;
    }

    /** A peer says how it is doing. */
    void sampled(ConnectionId id, PeerSample sample) {
        Member member = members.get(id);
        if (member == null) {
            return;
        }
        long now = station.now();
        station.downMeter.add(sample.downloaded() - member.sample.downloaded(), now);
        station.upMeter.add(sample.uploaded() - member.sample.uploaded(), now);
        uploadedToNeighbours += member.neighbour ? sample.uploaded() - member.sample.uploaded() : 0;
        member.sample = sample;
        if (veil.fallsBefore(sample.have())) {
            unveil();
        }
        partIfUseless(member);
    }

    /** A peer has told of itself. */
    void introduced(ConnectionId id, Introduction introduction) {
        Member member = members.get(id);
        if (member != null) {
            station.witnesses.peer(member, introduction);
            member.introduction = introduction;
            candidates.visitors(Member.visitors(members.values()));
            partIfUseless(member);
        }
    }

    /** A peer tells of others. */
    void told(PeerConnection.ContactsHeard heard) {
        Member member = members.get(heard.id());
        if (member != null) {
            hearsay.heard(member, heard.contacts(), station.progress.isFinished());
            dialMore();
        }
    }

    /** Whether we want nothing more has changed: the peers hear it, and those that want nothing either are let go. */
    void uploadOnly(boolean only) {
        PeerConnection.SetUploadOnly message = new PeerConnection.SetUploadOnly(only && !veil.hides());
        greeting.values().forEach(guest -> guest.peer.tell(message));
        for (Member member : members.values()) {
            member.peer.tell(message);
            partIfUseless(member);
        }
    }

    private void partIfUseless(Member member) {
        if (haveBothEverything(member)) {
            member.peer.tell(new PeerConnection.Disconnect("both have everything"));
        } else if (wantBothNothing(member)) {
            member.peer.tell(new PeerConnection.Disconnect("both want nothing more"));
        }
    }

    private boolean wantBothNothing(Member member) {
        return station.progress.isFinished() && member.introduction.uploadOnly();
    }

    private boolean haveBothEverything(Member member) {
        return station.progress.isComplete()
                && member.sample.have() == station.progress.layout().pieces();
    }

    /** Whether that connection belongs to this swarm, and not to one before a pause. */
    boolean has(ConnectionId id) {
        return members.containsKey(id) || greeting.containsKey(id);
    }

    /** A connection ended and says why. */
    void left(PeerConnection.Left left) {
        InetSocketAddress address = addressOf(left.id());
        Member member = members.get(left.id());
        remove(left.id());
        if (address == null) {
            return;
        }
        if (left.parting() == Parting.BROKE_RULE) {
            station.context.getLog().debug("dropped {}: {}", address, left.reason());
            station.tell(new TorrentEvent.PeerDropped(
                    station.spec.metainfo().infoHash(), address.toString(), left.reason()));
        }
        if (member == null) {
            candidates.left(address, left.parting(), false, station.now());
        } else {
            boolean isUseless = haveBothEverything(member) || wantBothNothing(member);
            candidates.left(member, left.parting(), isUseless, station.now());
        }
        if (member != null && members.isEmpty()) {
            candidates.alone(left.parting() == Parting.SILENT, station.now());
        }
    }

    /** A connection's actor is gone; when it {@link #left} properly there is nothing left to do. */
    void gone(ConnectionId id) {
        InetSocketAddress address = addressOf(id);
        remove(id);
        if (address != null) {
            candidates.failed(address, station.now());
        }
    }

    private @Nullable InetSocketAddress addressOf(ConnectionId id) {
        Member member = members.get(id);
        Guest guest = greeting.get(id);
        return member != null ? member.address : guest != null ? guest.address : null;
    }

    private void remove(ConnectionId id) {
        picker.tell(new PiecePicker.Leave(id));
        greeting.remove(id);
        Member member = members.remove(id);
        if (member != null) {
            blame.left(member);
        }
        veil.left(id, members, station.now());
        candidates.visitors(Member.visitors(members.values()));
    }

    /** A piece is stored: everyone may know, also those whose handshake is not through yet. */
    void announce(int piece) {
        PeerConnection.Announce have = new PeerConnection.Announce(piece);
        greeting.values().forEach(guest -> guest.peer.tell(have));
        members.values().forEach(member -> member.peer.tell(have));
    }

    /** A piece matched its hash: whoever sent some of it is honest so far. */
    void thank(List<ConnectionId> senders) {
        for (ConnectionId id : senders) {
            webSeeds.thank(id);
            Member member = members.get(id);
            if (member != null && !member.contributed) {
                member.contributed = true;
                contributed++;
            }
        }
    }

    /** They lied: nothing of theirs is kept that is not verified, and nobody talks to them again. */
    void ban(Set<Sender> liars) {
        if (liars.isEmpty()) {
            return;
        }
        for (Sender liar : liars) {
            if (liar instanceof Sender.Web web) {
                webSeeds.discard(web.url());
            } else if (liar instanceof Sender.Peer peer) {
                candidates.ban(peer.address());
                station.tell(new TorrentEvent.PeerDropped(
                        station.spec.metainfo().infoHash(), peer.address().toString(), "sent corrupt data"));
            }
        }
        for (ConnectionId id : blame.connections(candidates::isBanned)) {
            picker.tell(new PiecePicker.Leave(id, true));
            Member member = members.get(id);
            if (member != null) {
                blame.banned(member);
                member.peer.tell(new PeerConnection.Disconnect("sent corrupt data"));
            }
        }
    }

    /** A second has passed: says how many connections are wanted, and dials. */
    void tick() {
        veil.passed(members, station.now());
        room.want(candidates.dialable(station.now()));
        if (!station.progress.isFinished()) {
            room.turnOver();
        }
        dialMore();
    }

    /** All torrents together may have so many connections, of which this is our part. */
    void granted(Seats.Granted granted) {
        room.granted(granted.connections());
    }

    /** Ends every connection. */
    void disconnectAll() {
        room.close();
        webSeeds.end();
        PeerConnection.Disconnect bye = new PeerConnection.Disconnect("the torrent stops");
        greeting.values().forEach(guest -> guest.peer.tell(bye));
        members.values().forEach(member -> member.peer.tell(bye));
    }

    /** Bytes of blocks that went to neighbours. */
    long uploadedToNeighbours() {
        return uploadedToNeighbours;
    }

    /** The connected peers, in the order they came. */
    Collection<Member> members() {
        return members.values();
    }

    int connecting() {
        return greeting.size();
    }

    int known() {
        return candidates.size()
                + (int) members.values().stream()
                        .filter(member -> member.incoming)
                        .count();
    }

    /** Peers and web seeds that sent something of a verified piece. */
    int contributors() {
        return contributed + webSeeds.contributors();
    }
}

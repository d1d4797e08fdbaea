package ahti.torrent;

import ahti.config.ChokingConfig;
import ahti.core.ConnectionId;
import ahti.core.PeerId;
import ahti.net.PrivateNetworks;
import ahti.peer.Introduction;
import ahti.peer.PeerConnection;
import ahti.peer.PeerSample;
import ahti.picker.PiecePicker;
import ahti.torrent.choking.Applicant;
import ahti.torrent.choking.Given;
import ahti.torrent.exchange.Gossip;
import ahti.torrent.why.ChokeReason;
import ahti.torrent.why.PeerWhy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** A connected peer as its torrent sees it: who it is, and how it last said it was doing. */
final class Member {
    /** Time to say what it has and wants. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Time to be of use, again and again. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final ConnectionId id;
    final ActorRef<PeerConnection.Command> peer;
    final PeerId peerId;
    final InetSocketAddress address;
    final boolean incoming;
    /** Whether what goes to it does not pass the line to the Internet. */
    final boolean neighbour;

    PeerSample sample = PeerSample.BEGINNING;
    /** What it told of itself. */
    Introduction introduction = Introduction.NONE;
    /** Whether it connected since the last draw of the choker. */
    boolean newcomer = true;
    /** What we gave it, and in which turn. */
    final Given given = new Given(16);
    /** What it gave us: who gave something a minute ago is better than who never did. */
    final Given gave = new Given(4);
    /** Whether we told it to choke, and why; follows the choker's decision, not the peer's sample. */
    final ChokeHistory chokes;
    /** What it was told of others. */
    final Gossip gossip = new Gossip();
    /** When its handshake was through. */
    final long since;
    /** Whether it was told to hang up, to make room. */
    boolean leaving;
    /** Whether a block of it is in a verified piece. */
    boolean contributed;

    Member(PeerConnection.Greeted greeted, long nowNanos) {
        this.since = nowNanos;
        this.chokes = new ChokeHistory(nowNanos);
        this.id = greeted.id();
        this.peer = greeted.peer();
        this.peerId = greeted.theirs();
        this.address = greeted.address();
        this.incoming = greeted.incoming();
        this.neighbour = !address.isUnresolved() && PrivateNetworks.isNear(address.getAddress());
    }

    /** Whether it came, stays, and wants as little of us as we of it: it makes room when somebody else knocks. */
    boolean isIdle(long nowNanos) {
        return incoming
                && nowNanos - since >= GRACE.toNanos()
                && !sample.amInterested()
                && !sample.peerInterested()
                && sample.downloaded() == 0
                && sample.uploaded() == 0;
    }

    /** Whether nothing has flowed for a while, either way: it makes room for those who have a better right to be here. */
    boolean isOfNoUse(long nowNanos) {
        return nowNanos - since >= PATIENCE.toNanos()
                && nowNanos - sample.asking().quietSince() >= PATIENCE.toNanos()
                && sample.upRate() == 0;
    }

    /** The choker has decided; the peer hears what is new to it. */
    void decide(ChokeReason reason, long nowNanos) {
        boolean wasChoked = chokes.isChoked();
        chokes.add(reason, nowNanos);
        if (chokes.isChoked() != wasChoked) {
            given.hasSlot(wasChoked, nowNanos);
            boolean turnEnds = reason instanceof ChokeReason.AwaitsTurn;
            peer.tell(turnEnds ? PeerConnection.EndTurn.INSTANCE : new PeerConnection.SetChoke(!wasChoked));
        }
    }

    /**
     * As those see it who give out slots.
     *
     * @param isSeed whether we want nothing: then what it takes counts, else what it gives
     */
    Applicant applies(boolean isSeed, ChokingConfig config, long nowNanos) {
        given.given(sample.uploaded());
        gave.given(sample.downloaded());
        long rate = isSeed ? sample.upRate() : gave.rate(config.interval());
        Duration quiet =
                Duration.ofNanos(nowNanos - Math.max(since, sample.asking().quietSince()));
        boolean owes = sample.amInterested()
                && !sample.peerChoking()
                && (sample.inFlight() > 0 || sample.asking().snubbed());
        Optional<Duration> snubs =
                owes && quiet.compareTo(config.snubTime()) >= 0 ? Optional.of(quiet) : Optional.empty();
        return new Applicant(id, sample.peerInterested(), rate, newcomer, snubs, given.turn(nowNanos), neighbour);
    }

    /** Where it takes connections, as far as we know: the port that it dialled us from is not it. */
    Optional<InetSocketAddress> listensAt() {
        if (!incoming) {
            return Optional.of(address);
        }
        return introduction.port() == 0
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(address.getAddress(), introduction.port()));
    }

    /** Where those of them listen who dialled us. */
    static Set<InetSocketAddress> visitors(Collection<Member> members) {
        Set<InetSocketAddress> visitors = new LinkedHashSet<>();
        members.stream()
                .filter(member -> member.incoming)
                .forEach(member -> member.listensAt().ifPresent(visitors::add));
        return visitors;
    }

    /** Whether it wants a slot and has none. */
    boolean awaitsSlot() {
        return chokes.isChoked() && sample.peerInterested();
    }

    /** Whether it has one of the slots, and uses it. */
    boolean holdsSlot() {
        return !chokes.isChoked() && sample.peerInterested() && !(chokes.reason() instanceof ChokeReason.Neighbour);
    }

    /** Whether the connection was of use to either end. */
    boolean gaveOrTook() {
        return sample.downloaded() > 0 || sample.uploaded() > 0;
    }

    /** How it is doing, and why; {@code explanation} is the picker's part. */
    PeerStatus status(PiecePicker.Explanation explanation, long nowNanos) {
        PiecePicker.PeerPicks picks = explanation.peers().getOrDefault(id, PiecePicker.PeerPicks.NONE);
        return new PeerStatus(
                address,
                introduction.client().orElse(peerId.toString()),
                incoming,
                sample.amChoking(),
                sample.amInterested(),
                sample.peerChoking(),
                sample.peerInterested(),
                sample.have(),
                sample.inFlight(),
                sample.downloaded(),
                sample.uploaded(),
                sample.downRate(),
                sample.upRate(),
                new PeerWhy(
                        chokes.list(nowNanos),
                        Silence.reason(sample, picks, explanation.memory(), since, nowNanos),
                        picks.picks()));
    }
}

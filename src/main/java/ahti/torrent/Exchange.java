package ahti.torrent;

import ahti.core.PeerContact;
import ahti.net.PrivateNetworks;
import ahti.peer.PeerConnection;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the peers of a torrent of each other (BEP 11): those with whom we are connected and whose listening port we know. Of a
 * peer in a private network only those hear that are in one, too.
 */
final class Exchange {
    private final Station station;
    private final boolean isOn;

    Exchange(Station station) {
        this.station = station;
        this.isOn = isOn(station);
    }

    /** Whether a torrent's peers are told of each other: not when the user says no, and never when it is private (BEP 27). */
    static boolean isOn(Station station) {
        return station.world.config().discovery().pex().isOn()
                && !station.spec.metainfo().isPrivate();
    }

    /** A second has passed: tells whom it is time to tell what is new to them. */
    void tick(Collection<Member> members) {
        if (!isOn) {
            return;
        }
        for (Member member : members) {
            if (member.introduction.exchangesPeers() && !member.leaving && member.gossip.isDue(station.now())) {
                member.gossip
                        .next(others(member, members), station.now())
                        .ifPresent(
                                news -> member.peer.tell(new PeerConnection.TellOfPeers(news.added(), news.dropped())));
            }
        }
    }

    private Map<InetSocketAddress, PeerContact> others(Member listener, Collection<Member> members) {
        boolean hearsAll = PrivateNetworks.contain(listener.address.getAddress());
        Map<InetSocketAddress, PeerContact> others = new LinkedHashMap<>();
        for (Member member : members) {
            if (member != listener && !member.leaving) {
                contact(member)
                        .filter(contact -> hearsAll
                                || !PrivateNetworks.contain(contact.address().getAddress()))
                        .ifPresent(contact -> others.put(contact.address(), contact));
            }
        }
        return others;
    }

    private Optional<PeerContact> contact(Member member) {
        boolean uploadOnly = member.introduction.uploadOnly()
                || member.sample.have() == station.progress.layout().pieces();
        return member.listensAt().map(address -> new PeerContact(address, uploadOnly, !member.incoming));
    }
}

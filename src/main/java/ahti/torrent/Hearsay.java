package ahti.torrent;

import ahti.config.PexConfig;
import ahti.core.PeerContact;
import ahti.net.PeerTransport;
import ahti.net.PrivateNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What peers tell of others (BEP 11), as far as it is worth a try. Nobody of the Internet names us an address in a private
 * network: it would have us knock at devices that only we can reach.
 */
final class Hearsay {
    private final PexConfig bounds;
    private final PeerTransport transport;
    private final int ourPort;
    private final Candidates candidates;

    Hearsay(World world, Candidates candidates) {
        this.bounds = world.config().discovery().pex();
        this.transport = world.transport();
        this.ourPort = world.listeningPort();
        this.candidates = candidates;
    }

    /** Takes what a connected peer tells; {@code wantsNothing}: whether those who want nothing either are of no use to us. */
    void heard(Member source, List<PeerContact> contacts, boolean wantsNothing) {
        heard(source.address.getAddress(), source.introduction.weAre(), contacts, wantsNothing);
    }

    /**
     * Takes what a peer tells.
     *
     * @param source its address
     * @param weAre our address, as it sees us
     * @param wantsNothing whether those who want nothing either are of no use to us
     */
    void heard(InetAddress source, Optional<InetAddress> weAre, List<PeerContact> contacts, boolean wantsNothing) {
        boolean isNear = PrivateNetworks.contain(source);
        List<InetSocketAddress> worthATry = new ArrayList<>();
        for (PeerContact contact : contacts) {
            InetAddress target = contact.address().getAddress();
            boolean isUs = contact.address().getPort() == ourPort
                    && weAre.filter(target::equals).isPresent();
            boolean isOutOfPlace = !isNear && PrivateNetworks.contain(target);
            boolean isUseless = wantsNothing && contact.uploadOnly();
            if (!isUs && !isOutOfPlace && !isUseless && transport.mayTalkTo(contact.address())) {
                worthATry.add(contact.address());
            }
        }
        candidates.addTold(source, worthATry, bounds);
    }
}

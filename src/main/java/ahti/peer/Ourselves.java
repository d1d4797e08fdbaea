package ahti.peer;

import ahti.core.InfoBytes;
import java.util.Optional;

/**
 * What we tell a peer of ourselves when it speaks the extension protocol (BEP 10).
 *
 * @param port where we listen; 0: nowhere
 * @param dhtPort where our DHT node listens (BEP 5); 0: there is none
 * @param metadata the info dictionary to hand out (BEP 9); empty when nobody may have it from us
 * @param exchangesPeers whether we tell of other peers and want to be told (BEP 11)
 * @param uploadOnly we want nothing more (BEP 21)
 */
public record Ourselves(
        int port, int dhtPort, Optional<InfoBytes> metadata, boolean exchangesPeers, boolean uploadOnly) {
    /** Nobody in particular. */
    public static final Ourselves NOBODY = new Ourselves(0, 0, Optional.empty(), false, false);
}

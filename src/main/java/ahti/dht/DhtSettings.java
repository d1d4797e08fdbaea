package ahti.dht;

import ahti.config.DhtConfig;
import ahti.core.MonotonicClock;
import ahti.net.Datagrams;
import ahti.net.Resolver;
import ahti.net.place.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What the DHT works with.
 *
 * @param random makes transactions and the secrets behind tokens: of a real engine one that cannot be guessed
 * @param whereabouts hears where others see us, and says where most do
 * @param mayTalkTo whether the user lets us talk to a node; others are not asked, not answered and not named
 * @param bind local addresses to use, of each family the first; empty: IPv4 on all of them, IPv6 on the first that the world
 *     can reach (BEP 32)
 * @param port to listen on; that of the listener for peers
 */
public record DhtSettings(
        DhtConfig config,
        MonotonicClock clock,
        RandomGenerator random,
        Datagrams datagrams,
        Resolver resolver,
        ActorRef<Whereabouts.Command> whereabouts,
        Predicate<InetSocketAddress> mayTalkTo,
        List<InetAddress> bind,
        int port) {
    public DhtSettings {
        bind = List.copyOf(bind);
    }
}

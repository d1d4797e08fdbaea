package ahti.dht.node;

import ahti.config.DhtConfig;
import ahti.core.MonotonicClock;
import ahti.dht.krpc.Family;
import ahti.net.Datagrams;
import ahti.net.place.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a node works with.
 *
 * @param whereabouts hears where others see us, and says where most do
 * @param mayTalkTo whether the user lets us talk to a node; others are not asked, not answered and not named
 * @param local where it listens
 * @param external the address others saw in an earlier run; its id has to fit it (BEP 42)
 */
public record NodeSettings(
        Family family,
        DhtConfig config,
        MonotonicClock clock,
        RandomGenerator random,
        Datagrams datagrams,
        ActorRef<Whereabouts.Command> whereabouts,
        Predicate<InetSocketAddress> mayTalkTo,
        InetSocketAddress local,
        Optional<InetAddress> external) {}

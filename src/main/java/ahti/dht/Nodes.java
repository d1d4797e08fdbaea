package ahti.dht;

import ahti.dht.Dht.Command;
import ahti.dht.krpc.Family;
import ahti.dht.node.DhtNode;
import ahti.dht.node.NodeSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The nodes of a DHT: one for each family that this machine has an address of, at that address. */
final class Nodes {
    private final ActorContext<Command> context;
    private final DhtSettings settings;
    private final ActorRef<DhtNode.Event> told;
    private final Function<Family, Optional<InetAddress>> external;
    private final Map<Family, ActorRef<DhtNode.Command>> nodes = new EnumMap<>(Family.class);
    private final Map<Family, InetSocketAddress> locals = new EnumMap<>(Family.class);
    private int hired;

    /**
     * None yet.
     *
     * @param told hears what they tell
     * @param external where the world saw us last
     */
    Nodes(
            ActorContext<Command> context,
            DhtSettings settings,
            ActorRef<DhtNode.Event> told,
            Function<Family, Optional<InetAddress>> external) {
        this.context = context;
        this.settings = settings;
        this.told = told;
        this.external = external;
    }

    /** Those that there are. */
    Map<Family, ActorRef<DhtNode.Command>> all() {
        return Collections.unmodifiableMap(nodes);
    }

    /** Tells each of them. */
    void tell(DhtNode.Command command) {
        nodes.values().forEach(node -> node.tell(command));
    }

    /** Dismisses those whose address is gone, and says which. What the user has bound stays. */
    Set<Family> dismiss() {
        Set<Family> gone = EnumSet.noneOf(Family.class);
        List<InetAddress> here = settings.datagrams().addresses();
        locals.forEach((family, local) -> {
            if (settings.bind().isEmpty() && !Locals.isStillHere(local, here)) {
                gone.add(family);
            }
        });
        for (Family family : gone) {
            locals.remove(family);
            ActorRef<DhtNode.Command> node = nodes.remove(family);
            if (node != null) {
                context.unwatch(node);
                context.stop(node);
            }
        }
        return gone;
    }

    /** Hires where there is an address and no node yet, and says of which families. */
    Set<Family> hire() {
        Set<Family> come = EnumSet.noneOf(Family.class);
        Locals.choose(settings.bind(), settings.datagrams().addresses(), settings.port())
                .forEach((family, local) -> {
                    if (!nodes.containsKey(family)) {
                        hire(family, local);
                        come.add(family);
                    }
                });
        if (!come.isEmpty()) {
            nodes.forEach((family, node) -> nodes.forEach((other, sibling) -> {
                if (other != family) {
                    node.tell(new DhtNode.Meet(sibling));
                }
            }));
        }
        return come;
    }

    private void hire(Family family, InetSocketAddress local) {
        NodeSettings own = new NodeSettings(
                family,
                settings.config(),
                settings.clock(),
                settings.random(),
                settings.datagrams(),
                settings.whereabouts(),
                settings.mayTalkTo(),
                local,
                external.apply(family));
        String name = (family == Family.IPV4 ? "ipv4-" : "ipv6-") + hired++;
        ActorRef<DhtNode.Command> node = context.spawn(DhtNode.create(own, told), name);
        // A node that dies of a bug takes the DHT with it, which begins again.
        context.watch(node);
        nodes.put(family, node);
        locals.put(family, local);
    }
}

package ahti.lsd;

import ahti.net.Datagrams;
import ahti.testkit.script.EngineUnderTest;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A host that announces itself, once. */
final class Shout {
    private Shout() {}

    static void once(EngineUnderTest engine, String host, Search search) {
        ActorRef<Datagrams.Event> ear =
                engine.system().systemActorOf(Behaviors.<Datagrams.Event>ignore(), "ear", Props.empty());
        engine.network()
                .host(host)
                .datagrams()
                .join(Group.IPV4.address(), ear)
                .send(Group.IPV4.address(), search.write(Group.IPV4));
    }
}

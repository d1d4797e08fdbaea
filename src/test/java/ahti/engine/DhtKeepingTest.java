package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.core.InfoHash;
import ahti.dht.Dht;
import ahti.dht.Snapshot;
import ahti.dht.krpc.Family;
import ahti.disk.RealFileStore;
import ahti.testkit.net.Host;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines and their DHT: what is asked of it, and what is kept of it. */
class DhtKeepingTest {
    private final VirtualTime time = new VirtualTime();
    private final SimulatedNetwork network = new SimulatedNetwork(time, new Random(1));
    private final ActorSystem<Void> system = time.system(Behaviors.empty(), "engines");
    private int spawned;

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    void keepsItsNodesWhenItStops() throws IOException {
        Path file = directory.resolve("state/dht.nodes");
        engine("first", "ahti.dht.enabled = true");
        ActorRef<Engine.Command> second =
                engine("second", "ahti.dht.enabled = true", "ahti.dht.state = \"" + file + "\"");
        time.run(Duration.ofSeconds(30));

        stop(second);

        Snapshot kept = Snapshot.decode(Files.readAllBytes(file));
        assertThat(kept.nodes(Family.IPV4)).hasSize(1);
        assertThat(kept.nodes(Family.IPV4).get(0).address())
                .isEqualTo(network.host("first").at(6881));
    }

    @Test
    void beginsWithADamagedFileAsWithNone() throws IOException {
        Path file = directory.resolve("dht.nodes");
        Files.write(file, new byte[] {1, 2, 3});
        engine("first", "ahti.dht.enabled = true");
        ActorRef<Engine.Command> second =
                engine("second", "ahti.dht.enabled = true", "ahti.dht.state = \"" + file + "\"");
        time.run(Duration.ofSeconds(10));

        assertThat(find(second)).containsExactly(new Dht.SearchEnded(1, 1, 0, 0));
    }

    @Test
    void findsNobodyWithoutADht() {
        assertThat(find(engine("first", "ahti.dht.enabled = false"))).containsExactly(new Dht.SearchEnded(0, 0, 0, 0));
    }

    private List<Dht.SearchReply> find(ActorRef<Engine.Command> engine) {
        List<Dht.SearchReply> replies = new ArrayList<>();
        engine.tell(new Engine.FindPeers(InfoHash.v1(new byte[20]), spawn(Behaviors.receiveMessage(reply -> {
            replies.add(reply);
            return Behaviors.same();
        }))));
        time.run(Duration.ofSeconds(20));
        return replies;
    }

    private void stop(ActorRef<Engine.Command> engine) {
        List<Engine.Stopped> stopped = new ArrayList<>();
        engine.tell(new Engine.Stop(spawn(Behaviors.receiveMessage(told -> {
            stopped.add(told);
            return Behaviors.same();
        }))));
        time.run(Duration.ofSeconds(1));
        assertThat(stopped).hasSize(1);
    }

    private ActorRef<Engine.Command> engine(String name, String... settings) {
        List<String> lines = new ArrayList<>(List.of("ahti.net.ports = 6881", "ahti.dht.bootstrap = [\"first:6881\"]"));
        lines.addAll(List.of(settings));
        Host host = network.host(name);
        ActorRef<Engine.Command> engine = spawn(Engine.create(new EngineSettings(
                AhtiConfig.load(lines.toArray(String[]::new)),
                time.clock(),
                new Random(spawned),
                host.transport(),
                host.http(),
                host.datagrams(),
                host.resolver(),
                new RealFileStore(),
                List.of())));
        time.run(Duration.ofSeconds(1));
        return engine;
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return system.systemActorOf(behavior, "test-" + spawned++, Props.empty());
    }
}

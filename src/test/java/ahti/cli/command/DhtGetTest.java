package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.config.AhtiConfig;
import ahti.config.HostAndPort;
import ahti.core.InfoHash;
import ahti.dht.Dht;
import ahti.engine.Engine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ahti dht get}, with an engine that says what the test wants. */
class DhtGetTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path cwd;

    private World world;
    private final List<AhtiConfig> configs = new CopyOnWriteArrayList<>();

    @BeforeEach
    void world() {
        world = new World(cwd);
    }

    @Test
    void printsEachPeerOnALineOfItsOwn() throws UnknownHostException {
        List<InetSocketAddress> peers = List.of(
                new InetSocketAddress(InetAddress.getByName("20.0.0.1"), 6881),
                new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 51413));
        answering(new Dht.PeersFound(peers), new Dht.SearchEnded(20, 15, 2, 0));

        assertThat(world.run("dht", "get", HASH)).isZero();

        assertThat(world.out()).isEqualTo("20.0.0.1:6881\n[2001:db8:0:0:0:0:0:1]:51413\n");
        assertThat(world.err()).isEqualTo("asking the DHT for peers of " + HASH + "\n2 peers from 15 nodes\n");
    }

    @Test
    void endsWithSixWhenThereAreNone() {
        answering(new Dht.SearchEnded(20, 1, 0, 0));

        assertThat(world.run("dht", "get", HASH, "-q")).isEqualTo(6);

        assertThat(world.out()).isEmpty();
        assertThat(world.err()).isEqualTo("ahti: no peers: 1 node answered, and none knows any\n");
    }

    @Test
    void endsWithSixWhenNobodyAnswers() {
        answering(new Dht.SearchEnded(0, 0, 0, 0));

        assertThat(world.run("dht", "get", HASH, "-q")).isEqualTo(6);

        assertThat(world.err()).startsWith("ahti: no node of the DHT answers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xyz",
                "0123456789abcdef0123456789abcdef0123456",
                "0123456789abcdef0123456789abcdef0123456789"
            })
    void refusesWhatIsNoHash(String hash) {
        assertThat(world.run("dht", "get", hash)).isEqualTo(28);

        assertThat(world.err()).contains("is no info hash: write 40 hexadecimal digits");
    }

    @Test
    void takesNodesAndPlacesFromItsOptions() {
        answering(new Dht.SearchEnded(1, 1, 0, 0));

        world.run(
                "dht",
                "get",
                HASH,
                "--bootstrap",
                "127.0.0.1:7001",
                "--bootstrap",
                "[::1]:7002",
                "-p",
                "7000",
                "--bind",
                "127.0.0.1",
                "--state",
                "here");

        AhtiConfig seen = configs.get(0);
        assertThat(seen.dht().enabled()).isTrue();
        assertThat(seen.dht().bootstrap())
                .containsExactly(new HostAndPort("127.0.0.1", 7001), new HostAndPort("::1", 7002));
        assertThat(seen.dht().state()).contains(cwd.resolve("here/dht.nodes"));
        assertThat(seen.net().ports()).containsExactly(7000);
        assertThat(seen.net().bind()).containsExactly("127.0.0.1");
    }

    @Test
    void saysWhenThereIsNoSuchAddressHere() {
        world.engines((system, seen) -> {
            throw new IllegalArgumentException("net.bind: 'nonsense' is no address of this machine");
        });

        assertThat(world.run("dht", "get", HASH, "--bind", "nonsense")).isEqualTo(6);

        assertThat(world.err()).endsWith("ahti: net.bind: 'nonsense' is no address of this machine\n");
    }

    @Test
    void keepsNothingWhenThatIsWanted() {
        answering(new Dht.SearchEnded(1, 1, 0, 0));

        world.run("dht", "get", HASH, "--state", "none");

        assertThat(configs.get(0).dht().state()).isEmpty();
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(world.run("dht")).isEqualTo(28);
        assertThat(world.err()).contains("Usage: ahti dht").contains("get");
    }

    private void answering(Dht.SearchReply... replies) {
        world.engines((system, seen) -> {
            configs.add(seen);
            return engine(List.of(replies));
        });
    }

    private static Behavior<Engine.Command> engine(List<Dht.SearchReply> replies) {
        return Behaviors.receive(Engine.Command.class)
                .onMessage(Engine.FindPeers.class, find -> {
                    assertThat(find.infoHash()).isEqualTo(InfoHash.parse(HASH));
                    replies.forEach(find.replyTo()::tell);
                    return Behaviors.same();
                })
                .onMessage(Engine.Stop.class, stop -> Behaviors.stopped())
                .build();
    }
}

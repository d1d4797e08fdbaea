package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.cli.env.Keyboard;
import ahti.cli.options.HostPort;
import ahti.cli.screen.Statuses;
import ahti.cli.session.ScriptedEngine;
import ahti.disk.DiskProblem;
import ahti.engine.Engine;
import ahti.engine.Refusal;
import ahti.metainfo.FilePriority;
import ahti.metainfo.FileSelection;
import ahti.torrent.Problem;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code get} around an engine that plays a script. */
@Timeout(60)
class GetTest {
    @TempDir
    Path cwd;

    private World world;

    @BeforeEach
    void aTorrent() throws Exception {
        world = new World(cwd);
        Files.createDirectories(cwd.resolve("src/album/cd1"));
        Files.write(cwd.resolve("src/album/a.iso"), new byte[30_000]);
        Files.write(cwd.resolve("src/album/cd1/b.txt"), new byte[10]);
        assertThat(new World(cwd).run("create", "src/album", "-t", "http://127.0.0.1:1/announce"))
                .isZero();
    }

    @Test
    void endsWithThePathOnStandardOutput() throws Exception {
        ScriptedEngine engine = completing();

        assertThat(engine(engine).run("album.torrent")).isZero();

        assertThat(world.out()).isEqualTo(cwd.resolve("album") + "\n");
        assertThat(world.err()).contains("✓ album  ").contains("0 B wasted, sha1 ok");
        TorrentSpec spec = engine.spec();
        assertThat(spec.directory()).isEqualTo(cwd);
        assertThat(spec.files()).isEqualTo(FileSelection.all());
        assertThat(spec.useTrackers()).isTrue();
        assertThat(spec.stateDirectory()).contains(cwd.resolve("home/.local/state/ahti"));
        assertThat(engine.asked().take()).isInstanceOf(Engine.Stop.class);
    }

    @Test
    void handsEveryOptionToTheEngine() throws Exception {
        ScriptedEngine engine = completing();

        int code = engine(engine)
                .run("get album.torrent -d to -o mine -f *.txt --sequential --check --peer 127.0.0.1:7 --peer [::1]:8"
                        .concat(" --tracker http://x.example/a --no-trackers --state none -p 0 --bind 127.0.0.1")
                        .split(" "));

        assertThat(code).isZero();
        assertThat(world.out()).isEqualTo(cwd.resolve("to/mine") + "\n");
        TorrentSpec spec = engine.spec();
        assertThat(spec.directory()).isEqualTo(cwd.resolve("to"));
        assertThat(spec.metainfo().files().get(0).path()).isEqualTo(List.of("mine", "a.iso"));
        assertThat(spec.files()).isEqualTo(FileSelection.only(Set.of(1)));
        assertThat(spec.sequential()).isTrue();
        assertThat(spec.checkAll()).isTrue();
        assertThat(spec.peers()).containsExactly(peer("127.0.0.1", 7), peer("::1", 8));
        assertThat(spec.moreTrackers()).isEqualTo(List.of(List.of("http://x.example/a")));
        assertThat(spec.useTrackers()).isFalse();
        assertThat(spec.stateDirectory()).isEmpty();
    }

    @Test
    void filesCanGoBeforeOrAfterOthers() throws Exception {
        ScriptedEngine engine = completing();

        assertThat(engine(engine).run("get", "album.torrent", "--high", "2", "--low", "*.iso", "--first-last"))
                .isZero();

        TorrentSpec spec = engine.spec();
        assertThat(spec.files())
                .isEqualTo(FileSelection.all().with(1, FilePriority.HIGH).with(0, FilePriority.LOW));
        assertThat(spec.edgesFirst()).isTrue();
    }

    @Test
    void onlyChosenFilesAreUrgent() throws Exception {
        ScriptedEngine engine = completing();

        assertThat(engine(engine).run("get", "album.torrent", "-f", "1", "--high", "1-2"))
                .isZero();

        assertThat(engine.spec().files())
                .isEqualTo(FileSelection.only(List.of(0)).with(0, FilePriority.HIGH));
        assertThat(world.run("get", "album.torrent", "--high", "3")).isEqualTo(3);
        assertThat(world.err()).contains("--high: there is no file 3");
    }

    @Test
    void drawsTheLiveScreenOnATerminalAndRestoresTheCursor() {
        assertThat(engine(completing()).onTerminal().run("album.torrent")).isZero();

        assertThat(world.out()).isEmpty();
        assertThat(world.err()).contains("\u001b[32m✓\u001b[0m album  ");
        assertThat(world.err().lastIndexOf("\u001b[?25h"))
                .isGreaterThanOrEqualTo(world.err().lastIndexOf("\u001b[?25l"));
    }

    @Test
    void printsEventsForPrograms() {
        assertThat(engine(completing()).run("--json", "album.torrent")).isZero();

        assertThat(world.err()).isEmpty();
        assertThat(world.out().lines())
                .allMatch(line -> line.startsWith("{\"ts\":\"2026-01-02T12:00:00Z\",\"event\":\""))
                .anyMatch(line -> line.contains("\"event\":\"finished\""))
                .last()
                .asString()
                .contains("\"event\":\"done\"")
                .endsWith("\"exit\":0}");
    }

    @Test
    void quietSaysNothingButThePath() {
        assertThat(engine(completing()).run("-q", "album.torrent")).isZero();

        assertThat(world.err()).isEmpty();
        assertThat(world.out()).isEqualTo(cwd.resolve("album") + "\n");
    }

    @Test
    void runsTheCommandOfTheUserOnceComplete() throws Exception {
        ScriptedEngine engine = completing();

        assertThat(engine(engine).run("album.torrent", "--on-complete", "notify me"))
                .isZero();

        String hash = engine.spec().metainfo().infoHash().hex();
        assertThat(world.processes())
                .containsExactly(
                        "notify me {AHTI_HASH=" + hash + ", AHTI_NAME=album, AHTI_PATH=" + cwd.resolve("album") + "}");
    }

    @Test
    void mapsRefusalsAndProblemsToExitCodes() {
        assertThat(refused(new Refusal.CannotListen("port 6881 is in use"))).isEqualTo(6);
        assertThat(refused(new Refusal.Locked(Path.of("/x.lock"), "process 4711")))
                .isEqualTo(11);
        assertThat(refused(new Refusal.NoState(new DiskProblem.Full(Path.of("/state")))))
                .isEqualTo(17);
        assertThat(failing(new Problem.DiskFull("disk full on /x"))).isEqualTo(9);
        assertThat(failing(new Problem.DiskFault("no permission for /x"))).isEqualTo(17);
        assertThat(world.out()).isEmpty();
        assertThat(world.err())
                .contains("✗ port 6881 is in use\n")
                .contains("✗ process 4711 is working on this download (lock /x.lock)\n")
                .contains("✗ disk full on /x\n");
    }

    @Test
    void stopsGracefullyOnTheFirstInterruptAndAtOnceOnTheSecond() throws Exception {
        ScriptedEngine engine = downloading();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> code = thread.submit(() -> engine(engine).run("album.torrent"));
            engine.awaitWatched();
            world.signal("HUP");
            assertThat(engine.asked().take()).isEqualTo(Torrent.Reannounce.INSTANCE);
            world.signal("WINCH");
            world.signal("INT");
            assertThat(engine.asked().take()).isInstanceOf(Engine.Stop.class);
            assertThat(code.get()).isEqualTo(130);
            world.signal("INT");
        } finally {
            thread.shutdownNow();
        }
        assertThat(world.halts()).containsExactly(130);
        assertThat(world.out()).isEmpty();
        assertThat(world.err())
                .contains("stopping: announcing, saving resume… Ctrl-C again to quit now\n")
                .contains(
                        "✗ stopped before the download was complete; what is stored is kept, run the same command again"
                                + " to resume\n");
    }

    @Test
    void hearsKeysOnATerminalAndGivesItBack() throws Exception {
        ScriptedEngine engine = downloading();
        Fingers fingers = new Fingers();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            world.keyboard(fingers);
            Future<Integer> code =
                    thread.submit(() -> engine(engine).onTerminal().run("album.torrent"));
            engine.awaitWatched();
            fingers.press("xp");
            assertThat(engine.asked().take()).isInstanceOf(Torrent.GetPeers.class);
            world.signal("CONT");
            fingers.press("qq");
            Object next = engine.asked().take();
            while (next instanceof Torrent.GetPeers) {
                next = engine.asked().take();
            }
            assertThat(next).isInstanceOf(Engine.Stop.class);
            assertThat(code.get()).isEqualTo(130);
        } finally {
            thread.shutdownNow();
        }
        assertThat(world.halts()).isEmpty();
        assertThat(fingers.retaken).isTrue();
        assertThat(fingers.closed).isTrue();
    }

    @Test
    void leavesTheKeyboardAloneWhereNothingIsDrawn() {
        Fingers fingers = new Fingers();
        fingers.press("q");

        assertThat(engine(completing()).keyboard(fingers).onTerminal().run("album.torrent", "--json"))
                .isZero();

        assertThat(fingers.pressed()).isEqualTo("q");
    }

    /** Keys that a test presses. */
    private static final class Fingers implements Keyboard {
        private final AtomicReference<String> waiting = new AtomicReference<>("");
        private volatile boolean retaken;
        private volatile boolean closed;

        void press(String keys) {
            waiting.updateAndGet(before -> before + keys);
        }

        @Override
        public String pressed() {
            return waiting.getAndSet("");
        }

        @Override
        public void retake() {
            retaken = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void listsFilesWithoutAnyEngine() {
        assertThat(world.run("get", "--list", "album.torrent")).isZero();
        assertThat(world.out()).isEqualTo("1\t29.3 KiB\ta.iso\n2\t10 B\tcd1/b.txt\n");
    }

    @Test
    void refusesBadOptionsBeforeAnythingStarts() {
        assertThat(world.run("album.torrent", "-f", "3")).isEqualTo(3);
        assertThat(world.run("album.torrent", "-f", "1,,2")).isEqualTo(28);
        assertThat(world.run("album.torrent", "-o", "../x")).isEqualTo(28);
        assertThat(world.run("album.torrent", "-p", "70000")).isEqualTo(28);
        assertThat(world.run("album.torrent", "--peer", "nowhere")).isEqualTo(28);
        assertThat(world.run("album.torrent", "--peers", "0")).isEqualTo(28);
        assertThat(world.run("album.torrent", "--down", "fast")).isEqualTo(28);
        assertThat(world.run("album.torrent", "--up", "-5K")).isEqualTo(28);
        assertThat(world.run("album.torrent", "--config", "none.conf")).isEqualTo(28);
        assertThat(world.out()).isEmpty();
        assertThat(world.err())
                .contains("this torrent has files 1 to 2")
                .contains("'70000' is not a port")
                .contains("--down: 'fast' is not a size");
    }

    @Test
    void readsTheUsersConfiguration() throws Exception {
        Files.createDirectories(cwd.resolve("home/.config/ahti"));
        Files.writeString(cwd.resolve("home/.config/ahti/ahti.conf"), "ahti.torrent.max-peers = 7");
        ScriptedEngine engine = completing();
        List<Integer> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        world.engines((system, config) -> {
            seen.add(config.torrent().maxPeers());
            seen.addAll(config.net().ports());
            return engine.behavior();
        });

        assertThat(world.run("album.torrent", "-p", "7000-7001", "--set", "net.ports=1"))
                .isZero();
        assertThat(seen).containsExactly(7, 7000, 7001);
    }

    @Test
    void drawsNothingOnADumbTerminal() {
        assertThat(engine(completing()).onTerminal().variable("TERM", "dumb").run("album.torrent"))
                .isZero();
        assertThat(world.err()).doesNotContain("\u001b").contains("✓ album  ");
    }

    @Test
    void readsABlockListAndTellsWhatItDoesNotUnderstand() throws Exception {
        Files.writeString(cwd.resolve("block.txt"), "10.0.0.0/8\nnonsense\n");
        ScriptedEngine engine = completing();
        world.engines((system, config) -> engine.behavior());
        assertThat(world.run("album.torrent", "--block-list", "block.txt")).isZero();
        assertThat(world.err()).contains("1 of 2 lines block nobody, for they are in no format that is known: line 2");
        assertThat(world.run("album.torrent", "-d", "other", "--block-list", "none.txt"))
                .isEqualTo(28);
        assertThat(world.err()).contains("cannot read the block list");
    }

    @Test
    void saysThatAnAddressOrALogCannotBeUsed() {
        world.engines((system, config) -> {
            throw new IllegalArgumentException("'nonsense' is not an address of this machine");
        });

        assertThat(world.run("album.torrent", "--bind", "nonsense")).isEqualTo(6);
        assertThat(world.run("album.torrent", "--log", "album.torrent/x")).isEqualTo(17);
        assertThat(world.err())
                .contains("✗ 'nonsense' is not an address of this machine\n")
                .contains("--log: cannot write to ");
    }

    private static InetSocketAddress peer(String address, int port) throws UnknownHostException {
        return new HostPort(address, port).resolve().get(0);
    }

    private int refused(Refusal refusal) {
        return engine(downloading().refusing(refusal)).run("album.torrent");
    }

    private int failing(Problem problem) {
        ScriptedEngine engine = new ScriptedEngine(
                spec -> List.of(new TorrentEvent.ProblemRaised(spec.metainfo().infoHash(), problem)),
                spec -> Statuses.downloading().in(TorrentState.PAUSED).now());
        return engine(engine).run("album.torrent");
    }

    private World engine(ScriptedEngine engine) {
        return world.engines((system, config) -> engine.behavior());
    }

    private static ScriptedEngine completing() {
        return new ScriptedEngine(
                spec -> List.of(
                        new TorrentEvent.StateChanged(spec.metainfo().infoHash(), TorrentState.DOWNLOADING),
                        new TorrentEvent.Finished(spec.metainfo().infoHash(), false),
                        new TorrentEvent.StateChanged(spec.metainfo().infoHash(), TorrentState.SEEDING)),
                spec -> Statuses.seeding().now());
    }

    private static ScriptedEngine downloading() {
        return new ScriptedEngine(
                spec -> List.of(), spec -> Statuses.downloading().now());
    }
}

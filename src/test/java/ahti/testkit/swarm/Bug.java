package ahti.testkit.swarm;

import ahti.hash.PieceHasher;
import ahti.testkit.disk.Fault;
import ahti.testkit.disk.Operation.Kind;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.util.ByteString;

/** A bug in one torrent of a {@link SharedEngine}: what it strikes. Each kind of actor below a torrent has one at least. */
enum Bug {
    /** Below the torrent's reference, which outlives it. */
    LIFE("/*"),
    /** The first child without a name that a life has, after its message adapter. */
    PICKER("/*/$b"),
    /** The second. */
    ANNOUNCER("/*/$c"),
    TRACKER("/*/*/tracker-*"),
    LINE("/*/*/*/line"),
    DISK("/*/disk"),
    CONNECTION("/*/peer-*"),
    FILES(""),
    DIALLING(""),
    HASHER("");

    private static final Duration AGAIN = Duration.ofMillis(90);
    private static final Duration DIALLING_LASTS = Duration.ofSeconds(8);
    private final String victims;

    Bug(String victims) {
        this.victims = victims;
    }

    /** Whether the torrent certainly does something else than without it. */
    boolean isSeenFromOutside() {
        return this != HASHER && this != DIALLING;
    }

    /** Strikes now, or as soon as there is something to strike; then {@code struck} is run. */
    void strikes(SharedEngine engine, String torrent, Random chance, Runnable struck) {
        switch (this) {
            case FILES -> {
                engine.disk()
                        .inject(Fault.on(Kind.READ, Kind.WRITE, Kind.OPEN)
                                .in(SharedEngine.data(torrent))
                                .once()
                                .throwing(Bug::bug));
                struck.run();
            }
            case DIALLING -> {
                engine.transport().throwsFor(address -> engine.isOf(torrent, address));
                later(engine, DIALLING_LASTS, () -> engine.transport().throwsFor(address -> false));
                struck.run();
            }
            case HASHER -> {
                select(engine, engine.hashers()).tell(unspeakable(engine, torrent), ActorRef.noSender());
                struck.run();
            }
            default -> killsOneOf(engine, torrent, chance, struck);
        }
    }

    private void killsOneOf(SharedEngine engine, String torrent, Random chance, Runnable struck) {
        List<ActorRef> found = new ArrayList<>();
        engine.field().tell(context -> {
            var ear = Field.<ActorIdentity>ear(
                    context, identity -> identity.getActorRef().ifPresent(found::add));
            select(engine, engine.path(torrent) + victims).tell(new Identify(name()), Adapter.toClassic(ear));
        });
        later(engine, Duration.ofNanos(1), () -> {
            if (found.isEmpty()) {
                later(engine, AGAIN, () -> killsOneOf(engine, torrent, chance, struck));
            } else {
                found.sort(Comparator.comparing(ref -> ref.path().toString()));
                found.get(chance.nextInt(found.size())).tell(Kill.getInstance(), ActorRef.noSender());
                struck.run();
            }
        });
    }

    private static void later(SharedEngine engine, Duration delay, Runnable action) {
        var unused = engine.time().after(delay, action);
    }

    private static ActorSelection select(SharedEngine engine, String path) {
        return Adapter.toClassic(engine.field()).actorSelection(path);
    }

    private static RuntimeException bug() {
        return new IllegalStateException("a bug, for the test");
    }

    /** A question at which a hasher throws. */
    private static PieceHasher.Verify unspeakable(SharedEngine engine, String torrent) {
        List<ByteString> blocks = new AbstractList<>() {
            @Override
            public ByteString get(int index) {
                throw bug();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        return new PieceHasher.Verify(
                0,
                blocks,
                engine.torrent(torrent).metainfo().hashes().get(0),
                engine.field().ignoreRef());
    }
}

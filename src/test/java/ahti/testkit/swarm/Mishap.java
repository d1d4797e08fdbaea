package ahti.testkit.swarm;

import ahti.testkit.disk.Fault;
import ahti.testkit.disk.Operation.Kind;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Something that goes wrong inside one member of a swarm: a bug, or its disk. */
public enum Mishap {
    /** A bug ends an actor of a torrent, whichever it is. */
    ACTOR_DIES {
        @Override
        void strikes(SwarmRun run, Member member, Random chance, List<String> story) {
            member.engine().ifPresent(engine -> {
                Map<String, ActorRef> found = new TreeMap<>();
                findAll(member, engine.path().toStringWithoutAddress() + "/torrent-*", found);
                later(run, SOON, () -> {
                    if (!found.isEmpty()) {
                        List<ActorRef> victims = List.copyOf(found.values());
                        ActorRef victim = victims.get(chance.nextInt(victims.size()));
                        tell(run, member, "a bug ends " + victim.path().toStringWithoutAddress(), story);
                        victim.tell(Kill.getInstance(), ActorRef.noSender());
                    }
                });
            });
        }
    },
    /** What the disk throws is no disk's fault. */
    DISK_THROWS {
        @Override
        void strikes(SwarmRun run, Member member, Random chance, List<String> story) {
            Kind kind = KINDS.get(chance.nextInt(KINDS.size()));
            tell(run, member, "its disk throws when told to " + kind, story);
            member.disk().inject(Fault.on(kind).after(chance.nextInt(5)).once().throwing(Mishap::bug));
        }
    },
    /** The disk fails for a while, for any reason. */
    DISK_FAILS {
        @Override
        void strikes(SwarmRun run, Member member, Random chance, List<String> story) {
            DiskTrouble drawn = TROUBLES.get(chance.nextInt(TROUBLES.size()));
            // Where nothing was mounted when a download began, nothing is missing.
            DiskTrouble trouble = drawn == DiskTrouble.UNMOUNTED && !hasBegun(member) ? DiskTrouble.UNPLUGGED : drawn;
            tell(run, member, "its disk is in trouble: " + trouble, story);
            trouble.begins(member.disk());
            later(run, Duration.ofMillis(chance.nextInt(200_000)), () -> {
                tell(run, member, "its disk is out of trouble", story);
                trouble.ends(member.disk());
                member.looksAtItsDisk();
            });
        }
    };

    private static final List<Mishap> MISHAPS = List.of(values());
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<DiskTrouble> TROUBLES = List.of(DiskTrouble.values());
    private static final int DEEPEST = 5;
    private static final Duration SOON = Duration.ofNanos(1);

    /** Strikes now; the story hears what was struck. */
    abstract void strikes(SwarmRun run, Member member, Random chance, List<String> story);

    /**
     * Plans a few for a swarm that begins, with whatever happens in them drawn by that lot. Three at most: a torrent that fails
     * too often in a row is given up, and should be.
     */
    public static void plan(SwarmRun run, Random chance, List<String> story) {
        List<Member> members = run.members();
        members.forEach(Mishap::mount);
        Set<Member> troubled = new LinkedHashSet<>();
        for (int i = 1 + chance.nextInt(3); i > 0; i--) {
            Member member = members.get(chance.nextInt(members.size()));
            Mishap drawn = MISHAPS.get(chance.nextInt(MISHAPS.size()));
            // One trouble after the other has passed: a disk cannot be unmounted twice.
            Mishap mishap = drawn == DISK_FAILS && !troubled.add(member) ? DISK_THROWS : drawn;
            Duration when = Duration.ofMillis(chance.nextInt(chance.nextBoolean() ? 3_000 : 30_000));
            later(run, when, () -> mishap.strikes(run, member, chance, story));
        }
    }

    /** So that the disk may go missing. */
    private static void mount(Member member) {
        try {
            member.disk().mount(Member.DATA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void findAll(Member member, String top, Map<String, ActorRef> found) {
        member.field().tell(context -> {
            var ear = Adapter.toClassic(Field.<ActorIdentity>ear(
                    context,
                    identity -> identity.getActorRef()
                            .ifPresent(ref -> found.put(ref.path().toString(), ref))));
            StringBuilder path = new StringBuilder(top);
            for (int depth = 0; depth < DEEPEST; depth++) {
                path.append("/*");
                Adapter.toClassic(context.getSystem())
                        .actorSelection(path.toString())
                        .tell(new Identify(depth), ear);
            }
        });
    }

    private static boolean hasBegun(Member member) {
        return member.events().stream()
                .anyMatch(event -> event instanceof TorrentEvent.StateChanged changed
                        && (changed.state() == TorrentState.DOWNLOADING || changed.state() == TorrentState.SEEDING));
    }

    private static RuntimeException bug() {
        return new IllegalStateException("a bug, for the test");
    }

    private static void tell(SwarmRun run, Member member, String what, List<String> story) {
        story.add(run.time().now() + " " + member + ": " + what);
    }

    private static void later(SwarmRun run, Duration delay, Runnable action) {
        var unused = run.time().after(delay, action);
    }
}

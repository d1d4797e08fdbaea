package ahti.testkit.swarm;

import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.net.TrafficDigest;
import ahti.testkit.time.VirtualTime;
import ahti.testkit.tracker.SimulatedTracker;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A swarm that is under way: let time pass, disturb it, look at it. Every way of letting time pass fails with
 * {@link BrokenRule} as soon as one of the rules that hold in every swarm is broken.
 */
public final class SwarmRun implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Swarm swarm;
    private final VirtualTime time;
    private final SimulatedNetwork network;
    private final SimulatedTorrent torrent;
    private final List<Member> members;
    private final Optional<SimulatedTracker> tracker;
    private final Rules rules;
    private final Ledger ledger;
    private final TrafficDigest digest;

    SwarmRun(
            Swarm swarm,
            VirtualTime time,
            SimulatedNetwork network,
            SimulatedTorrent torrent,
            List<Member> members,
            Optional<SimulatedTracker> tracker,
            Rules rules,
            Ledger ledger,
            TrafficDigest digest) {
        this.swarm = swarm;
        this.time = time;
        this.network = network;
        this.torrent = torrent;
        this.members = List.copyOf(members);
        this.tracker = tracker;
        this.rules = rules;
        this.ledger = ledger;
        this.digest = digest;
        members.forEach(member -> member.onDeath(() -> ledger.of(member).forget()));
        glance();
    }

    private void glance() {
        var unused = time.after(GLANCE, () -> {
            members.forEach(rules::look);
            members.forEach(member ->
                    member.ask(status -> rules.inMemory(member, status.pieces().inFlight())));
            glance();
        });
    }

    /** The time it lives in. */
    public VirtualTime time() {
        return time;
    }

    /** The network it lives on. */
    public SimulatedNetwork network() {
        return network;
    }

    /** What it shares. */
    public SimulatedTorrent torrent() {
        return torrent;
    }

    /** Everybody: seeds, then leechers, then liars. */
    public List<Member> members() {
        return members;
    }

    /**
     * The tracker they announce to.
     *
     * @throws IllegalStateException when this swarm has none
     */
    public SimulatedTracker tracker() {
        return tracker.orElseThrow(() -> new IllegalStateException("this swarm has no tracker: see Swarm.tracker"));
    }

    /** The one of that name: {@code seed-1}, {@code leecher-7}. */
    public Member member(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + name));
    }

    /** Lets that much time pass. */
    public SwarmRun pass(Duration duration) {
        Duration end = time.now().plus(duration);
        until(() -> false, duration);
        if (time.now().compareTo(end) < 0) {
            time.run(end.minus(time.now()));
        }
        return this;
    }

    /** Lets time pass until the condition holds, or the limit is reached: then false. */
    public boolean until(BooleanSupplier condition, Duration limit) {
        boolean holds = time.runUntil(() -> rules.broken().isPresent() || condition.getAsBoolean(), limit);
        rules.broken().ifPresent(what -> {
            throw new BrokenRule(what + System.lineSeparator() + swarm.howToSeeItAgain());
        });
        return holds;
    }

    /**
     * Lets time pass until every leecher that is up has everything.
     *
     * @throws BrokenRule when they do not within the limit
     */
    public SwarmRun untilComplete(Duration limit) {
        if (!until(this::isComplete, limit)) {
            List<String> waiting = new ArrayList<>();
            for (Member member : members) {
                if (member.isUp() && member.finished().isEmpty()) {
                    waiting.add(member + " has " + member.pieces().count() + " of " + torrent.pieces() + " pieces"
                            + reason(member));
                }
            }
            throw new BrokenRule(
                    "not complete after " + limit + ": " + waiting + System.lineSeparator() + swarm.howToSeeItAgain());
        }
        return this;
    }

    /** What it says itself: every wait has a reason. */
    private String reason(Member member) {
        List<String> said = new ArrayList<>();
        member.ask(status -> said.add(" and is " + status.state() + ": "
                + status.waiting().map(WaitReason::sentence).orElse("no reason to wait")));
        time.runUntilIdle();
        return said.isEmpty() ? ", and its torrent does not answer" : said.get(0);
    }

    private boolean isComplete() {
        for (Member member : members) {
            if (member.finished().isEmpty() && (member.isUp() || !member.hasStarted())) {
                return false;
            }
        }
        return true;
    }

    /** What came of it until now. */
    public SwarmResult result() {
        Map<String, Duration> finishes = new LinkedHashMap<>();
        List<String> unfinished = new ArrayList<>();
        Map<String, Map<String, Long>> payload = new LinkedHashMap<>();
        Map<String, Long> duplicates = new LinkedHashMap<>();
        for (Member member : members) {
            if (!member.isSeed()) {
                member.finished()
                        .ifPresentOrElse(at -> finishes.put(member.name(), at), () -> unfinished.add(member.name()));
            }
            payload.put(member.name(), ledger.of(member).from());
            duplicates.put(member.name(), ledger.of(member).duplicates());
        }
        return new SwarmResult(
                swarm.seed(),
                finishes,
                unfinished,
                payload,
                duplicates,
                ledger.chokes(),
                time.now(),
                digest.hex(),
                digest.facts());
    }

    /** Ends all engines. */
    @Override
    public void close() {
        time.close();
    }
}

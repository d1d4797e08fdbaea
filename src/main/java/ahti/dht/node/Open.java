package ahti.dht.node;

import ahti.actor.Handlers;
import ahti.config.DhtConfig;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.KrpcMessage.Failure;
import ahti.dht.krpc.KrpcMessage.Malformed;
import ahti.dht.krpc.KrpcMessage.Query;
import ahti.dht.krpc.KrpcReader;
import ahti.dht.krpc.KrpcWriter;
import ahti.dht.krpc.Question;
import ahti.dht.lookup.LookupBounds;
import ahti.dht.node.DhtNode.Command;
import ahti.dht.serve.Desk;
import ahti.dht.table.Hearsay;
import ahti.dht.table.Introductions;
import ahti.net.Datagrams;
import ahti.net.place.Addresses;
import ahti.net.place.Voter;
import ahti.net.place.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The socket is open: the node answers, asks, and keeps its table fresh. */
final class Open extends AbstractBehavior<Command> {
    /** Between two looks at the table: each asks one node at most whether it is still there. */
    private static final Duration MAINTENANCE = Duration.ofSeconds(6);

    /** Open queries beyond which strangers that ask us something are not asked back. */
    private static final int MOST_CALLS = 256;

    /** Nodes of one hint of the other family that are tried, while we know few. */
    private static final int MOST_HINTED = 4;

    private final TimerScheduler<Command> timers;
    private final NodeSettings settings;
    private final DhtConfig config;
    private final Datagrams.Socket socket;
    private final ActorRef<DhtNode.Event> owner;
    private final Calls calls;
    private final Identity identity;
    private final Reception reception;
    private final Errands errands;
    private final Introductions introductions;
    private final Tally tally = new Tally();
    private int nodesTold;

    Open(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeSettings settings,
            Datagrams.Socket socket,
            InetSocketAddress local,
            ActorRef<DhtNode.Event> owner) {
        super(context);
        long now = settings.clock().nanos();
        this.timers = timers;
        this.settings = settings;
        this.config = settings.config();
        this.socket = socket;
        this.owner = owner;
        this.calls = new Calls(config, settings.random());
        this.identity = new Identity(settings, local.getAddress(), now);
        this.reception = new Reception(settings, identity, socket, context.getSelf(), tally, now);
        this.errands = new Errands(
                settings.family(),
                config,
                identity,
                this::ask,
                hash -> reception.kept(hash, now()),
                (hash, port, holders) -> reception.keepOwn(hash, port, holders, now()),
                owner);
        this.introductions = new Introductions(config.introductionsPerMinute(), now);
        settings.whereabouts()
                .tell(new Whereabouts.Watch(context.messageAdapter(Whereabouts.Notice.class, DhtNode.Located::new)));
        timers.startTimerWithFixedDelay(DhtNode.Maintain.INSTANCE, DhtNode.Maintain.INSTANCE, MAINTENANCE);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(DhtNode.FromSocket.class, this::onFromSocket)
                .onMessage(DhtNode.Due.class, this::onDue)
                .onMessage(DhtNode.Located.class, this::onLocated)
                .onMessage(DhtNode.Maintain.class, this::onMaintain)
                .onMessage(DhtNode.Seek.class, this::onSeek)
                .onMessage(DhtNode.Cancel.class, this::onCancel)
                .onMessage(DhtNode.AskNearest.class, this::onAskNearest)
                .onMessage(DhtNode.NearestAre.class, this::onNearestAre)
                .onMessage(DhtNode.Hint.class, this::onHint)
                .onMessage(DhtNode.Introduce.class, this::onIntroduce)
                .onMessage(DhtNode.Join.class, this::onJoin)
                .onMessage(DhtNode.Meet.class, this::onMeet)
                .onMessage(DhtNode.Keep.class, this::onKeep)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private long now() {
        return settings.clock().nanos();
    }

    // ---- what others send ----

    private Behavior<Command> onFromSocket(DhtNode.FromSocket message) {
        if (message.event() instanceof Datagrams.Received received) {
            received(received);
            socket.taken();
        } else if (message.event() instanceof Datagrams.Failed failed) {
            timers.cancelAll();
            errands.endAll();
            owner.tell(new DhtNode.Unusable(settings.family(), failed.reason()));
            return new Unusable(getContext(), settings.family(), owner);
        }
        return this;
    }

    private void received(Datagrams.Received received) {
        InetSocketAddress from = received.from();
        boolean isOfFamily = Addresses.isPlausible(from) && Family.of(from) == settings.family();
        if (!isOfFamily || !settings.mayTalkTo().test(from)) {
            return;
        }
        KrpcMessage message = KrpcReader.read(received.payload());
        if (message instanceof Query query) {
            onQuery(query, from);
        } else if (message instanceof Answer answer) {
            onAnswer(answer, from);
        } else if (message instanceof Failure failure) {
            calls.close(from, failure.transaction()).ifPresent(call -> call.errand.failed(from));
            settle();
        } else if (message instanceof Malformed malformed) {
            reception.malformed(malformed, from, now());
        }
    }

    private void onQuery(Query query, InetSocketAddress from) {
        if (query.sender().equals(identity.table().self())) {
            return;
        }
        boolean isNew = identity.table().queried(new Contact(query.sender(), from), now());
        if (reception.asked(query, from, now()) && isNew && !query.readOnly()) {
            greet(from);
        }
    }

    private Behavior<Command> onAskNearest(DhtNode.AskNearest message) {
        List<Contact> nearest = reception.nearest(message.place(), message.from());
        message.replyTo().tell(new DhtNode.NearestAre(message.query(), message.from(), nearest));
        return this;
    }

    private Behavior<Command> onNearestAre(DhtNode.NearestAre message) {
        reception.answer(message.query(), message.from(), message.nodes(), now());
        return this;
    }

    private void onAnswer(Answer theirs, InetSocketAddress from) {
        Optional<Calls.Call> call = calls.close(from, theirs.transaction());
        if (call.isEmpty()) {
            tally.unasked++;
            return;
        }
        if (theirs.sender().equals(identity.table().self())) {
            call.get().errand.failed(from);
            settle();
            return;
        }
        theirs.you()
                .filter(you -> Family.of(you) == settings.family())
                .ifPresent(you -> settings.whereabouts().tell(new Whereabouts.Vote(Voter.at(from), you.getAddress())));
        identity.table().answered(new Contact(theirs.sender(), from), now());
        call.get()
                .errand
                .answered(
                        from, Hearsay.believable(theirs, from, identity.table().self(), settings.mayTalkTo()));
        List<Contact> hint = theirs.nodes(other());
        if (!hint.isEmpty()) {
            reception.sibling().ifPresent(node -> node.tell(new DhtNode.Hint(hint)));
        }
        settle();
    }

    private Behavior<Command> onLocated(DhtNode.Located message) {
        if (!(message.notice() instanceof Whereabouts.Elected elected)) {
            return this; // the DHT as a whole looks after that
        }
        InetAddress address = elected.address();
        boolean isOfFamily = Family.of(new InetSocketAddress(address, 0)) == settings.family();
        if (isOfFamily && identity.movedTo(address, now())) {
            errands.walk(identity.table().self(), List.of(), List.of());
            settle();
        }
        return this;
    }

    // ---- what we want ----

    private Behavior<Command> onJoin(DhtNode.Join message) {
        errands.join(message);
        settle();
        return this;
    }

    private Behavior<Command> onSeek(DhtNode.Seek message) {
        errands.seek(message);
        settle();
        return this;
    }

    private Behavior<Command> onCancel(DhtNode.Cancel message) {
        errands.cancel(message.ticket());
        settle();
        return this;
    }

    private Behavior<Command> onIntroduce(DhtNode.Introduce message) {
        for (InetSocketAddress address : message.addresses()) {
            boolean fits = Addresses.isPlausible(address) && Family.of(address) == settings.family();
            if (fits && introductions.allow(address, now())) {
                greet(address);
            }
        }
        return this;
    }

    private Behavior<Command> onHint(DhtNode.Hint message) {
        if (identity.table().size() < LookupBounds.K) {
            message.nodes().stream()
                    .limit(MOST_HINTED)
                    .map(Contact::address)
                    .filter(address -> introductions.allow(address, now()))
                    .forEach(this::greet);
        }
        return this;
    }

    private Behavior<Command> onMeet(DhtNode.Meet message) {
        reception.meet(message.sibling());
        return this;
    }

    private Behavior<Command> onKeep(DhtNode.Keep message) {
        owner.tell(
                new DhtNode.Kept(settings.family(), identity.table().latest(config.maxSaved()), identity.external()));
        return this;
    }

    private void greet(InetSocketAddress address) {
        if (calls.size() < MOST_CALLS && !calls.isAsking(address)) {
            ask(address, Question.Ping.INSTANCE, Errand.Greeting.INSTANCE);
        }
    }

    private void ask(InetSocketAddress to, Question question, Errand errand) {
        Set<Family> want =
                reception.sibling().isPresent() && Desk.placeOf(question).isPresent()
                        ? Set.of(Family.IPV4, Family.IPV6)
                        : Set.of();
        Query query =
                new Query(calls.open(to, errand, now()), identity.table().self(), config.readOnly(), want, question);
        arm();
        if (settings.mayTalkTo().test(to)) {
            socket.send(to, KrpcWriter.write(query));
        }
    }

    // ---- time ----

    private void arm() {
        if (!timers.isTimerActive(DhtNode.Due.INSTANCE)) {
            calls.next()
                    .ifPresent(next -> timers.startSingleTimer(
                            DhtNode.Due.INSTANCE, DhtNode.Due.INSTANCE, Duration.ofNanos(Math.max(0, next - now()))));
        }
    }

    private Behavior<Command> onDue(DhtNode.Due message) {
        for (Calls.Call call : calls.slow(now())) {
            call.errand.slow(call.to);
        }
        for (Calls.Call call : calls.overdue(now())) {
            identity.table().failed(call.to);
            call.errand.failed(call.to);
        }
        settle();
        arm();
        return this;
    }

    private Behavior<Command> onMaintain(DhtNode.Maintain message) {
        identity.table().toAsk(now()).map(Contact::address).ifPresent(this::greet);
        if (errands.isIdle()) {
            identity.table()
                    .toRefresh(now(), settings.random())
                    .ifPresent(place -> errands.walk(place, List.of(), List.of()));
        }
        settle();
        int nodes = identity.table().size();
        if (nodes != nodesTold) {
            nodesTold = nodes;
            owner.tell(new DhtNode.Census(settings.family(), nodes));
        }
        return this;
    }

    /** Ends what is over and begins what waits. */
    private void settle() {
        errands.settle();
    }

    private Family other() {
        return settings.family() == Family.IPV4 ? Family.IPV6 : Family.IPV4;
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        socket.close();
        getContext().getLog().debug("the DHT over {}: {}", settings.family(), tally);
        return this;
    }
}

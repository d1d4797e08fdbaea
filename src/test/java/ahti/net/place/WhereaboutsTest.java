package ahti.net.place;

import ahti.ActorKit;
import ahti.dht.At;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WhereaboutsTest {
    private static final InetAddress HERE = At.host("80.1.1.1");
    private static final InetAddress THERE = At.host("80.1.1.2");
    private static final InetAddress SIX = At.host("2001:db8::1");

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private volatile List<InetAddress> machine = List.of(At.host("127.0.0.1"), At.host("192.168.1.2"));
    private ActorRef<Whereabouts.Command> whereabouts;
    private TestProbe<Whereabouts.Notice> watcher;

    @BeforeEach
    void begin() {
        whereabouts = kit.spawn(Whereabouts.create(() -> machine, Duration.ofSeconds(10)));
        watcher = kit.probe();
        whereabouts.tell(new Whereabouts.Watch(watcher.ref()));
    }

    /** Peers of these numbers say so. */
    private void say(InetAddress seen, int from, int to) {
        for (int number = from; number <= to; number++) {
            Voter voter = Voter.at(At.port("20.0.0." + number, 6881));
            whereabouts.tell(new Whereabouts.Vote(voter, seen));
        }
    }

    @Test
    void tellsWhatMostSayOnce() {
        say(HERE, 1, 3);
        watcher.expectNoMessage();
        say(HERE, 4, 9);

        watcher.expectMessage(new Whereabouts.Elected(HERE));
        watcher.expectNoMessage();
    }

    @Test
    void tellsAgainWhenItChanges() {
        say(HERE, 1, 4);
        say(THERE, 1, 4);

        watcher.expectMessage(new Whereabouts.Elected(HERE));
        watcher.expectMessage(new Whereabouts.Elected(THERE));
    }

    @Test
    void eachFamilyHasAnElectionOfItsOwn() {
        say(HERE, 1, 4);
        say(SIX, 1, 4);

        watcher.expectMessage(new Whereabouts.Elected(HERE));
        watcher.expectMessage(new Whereabouts.Elected(SIX));
    }

    @Test
    void allTrackersOfATorrentAreOneVoice() {
        for (int i = 0; i < 10; i++) {
            whereabouts.tell(new Whereabouts.Vote(Voter.trackersOf("c0ffee"), HERE));
        }
        say(HERE, 1, 2);
        watcher.expectNoMessage();
        whereabouts.tell(new Whereabouts.Vote(Voter.trackersOf("decaf"), HERE));

        watcher.expectMessage(new Whereabouts.Elected(HERE));
    }

    @Test
    void tellsThatTheMachineHasOtherAddressesAndWhetherSomeAreGone() {
        InetAddress wire = At.host("192.168.1.2");
        InetAddress air = At.host("10.0.0.7");
        kit.pass(Duration.ofSeconds(10));
        watcher.expectNoMessage();

        becomes(new Whereabouts.Rerouted(false), wire, air);
        becomes(new Whereabouts.Rerouted(true), air);
        becomes(new Whereabouts.Rerouted(true));
        becomes(new Whereabouts.Rerouted(false), air);
    }

    @Test
    void whatLeadsNowhereIsNoChange() {
        machine = List.of(At.host("192.168.1.2"), At.host("fe80::1"), At.host("169.254.1.1"), At.host("::1"));
        kit.pass(Duration.ofSeconds(10));

        watcher.expectNoMessage();
    }

    private void becomes(Whereabouts.Rerouted told, InetAddress... addresses) {
        machine = List.of(addresses);
        kit.pass(Duration.ofSeconds(10));
        watcher.expectMessage(told);
    }

    @Test
    void whoComesLateHearsItAtOnceAndWhoLeftNoMore() {
        say(HERE, 1, 4);
        TestProbe<Whereabouts.Notice> late = kit.probe();
        whereabouts.tell(new Whereabouts.Watch(late.ref()));
        late.expectMessage(new Whereabouts.Elected(HERE));

        watcher.expectMessage(new Whereabouts.Elected(HERE));
        watcher.stop();
        say(THERE, 1, 4);

        late.expectMessage(new Whereabouts.Elected(THERE));
    }
}

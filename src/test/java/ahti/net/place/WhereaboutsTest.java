package ahti.net.place;

import ahti.ActorKit;
import ahti.dht.At;
import java.net.InetAddress;
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

    private ActorRef<Whereabouts.Command> whereabouts;
    private TestProbe<Whereabouts.Elected> watcher;

    @BeforeEach
    void begin() {
        whereabouts = kit.spawn(Whereabouts.create());
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
    void whoComesLateHearsItAtOnceAndWhoLeftNoMore() {
        say(HERE, 1, 4);
        TestProbe<Whereabouts.Elected> late = kit.probe();
        whereabouts.tell(new Whereabouts.Watch(late.ref()));
        late.expectMessage(new Whereabouts.Elected(HERE));

        watcher.expectMessage(new Whereabouts.Elected(HERE));
        watcher.stop();
        say(THERE, 1, 4);

        late.expectMessage(new Whereabouts.Elected(THERE));
    }
}

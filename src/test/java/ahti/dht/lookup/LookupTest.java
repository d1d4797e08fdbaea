package ahti.dht.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.At;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class LookupTest {
    private static final Optional<ByteString> TOKEN = Optional.of(ByteString.fromString("t"));

    private final Random random = new Random(1);
    private final NodeId target = NodeId.random(random);
    private Lookup lookup = new Lookup(target, LookupBounds.of(3, 40), contact -> true);
    private int hosts;

    @Test
    void endsAtOnceWhenItKnowsNobody() {
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.next()).isEmpty();
    }

    @Test
    void asksTheNearestAndOnlySoManyAtATime() {
        Contact far = node(1);
        List<Contact> near = List.of(node(9), node(8), node(7));
        lookup.heardOf(List.of(far));
        lookup.heardOf(near);

        assertThat(lookup.next())
                .containsExactlyElementsOf(near.stream().map(Contact::address).toList());
        assertThat(lookup.next()).isEmpty();
        lookup.failed(near.get(0).address());
        assertThat(lookup.next()).containsExactly(far.address());
    }

    @Test
    void endsWhenTheEightNearestHaveAnswered() {
        List<Contact> nodes = new ArrayList<>();
        for (int prefix = 20; prefix > 0; prefix--) {
            nodes.add(node(prefix));
        }
        lookup.heardOf(nodes);

        answerAll(List.of());

        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.askedCount()).isEqualTo(8);
        assertThat(lookup.holders().stream().map(Lookup.Holder::contact))
                .containsExactlyElementsOf(nodes.subList(0, 8));
    }

    @Test
    void goesOnWithWhatIsNearer() {
        Contact first = node(1);
        Contact nearer = node(5);
        lookup.heardOf(List.of(first));
        lookup.next();

        lookup.answered(first.address(), first.id(), List.of(nearer), TOKEN);

        assertThat(lookup.isDone()).isFalse();
        assertThat(lookup.next()).containsExactly(nearer.address());
    }

    @Test
    void doesNotWaitForSlowOnesButTakesTheirAnswers() {
        Contact slow = node(9);
        List<Contact> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(node(1));
        }
        lookup.heardOf(List.of(slow));
        lookup.next();
        lookup.heardOf(others);
        lookup.slow(slow.address());
        answerAll(List.of());
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.holders()).hasSize(8);

        lookup.answered(slow.address(), slow.id(), List.of(), TOKEN);

        assertThat(lookup.holders().get(0).contact()).isEqualTo(slow);
    }

    @Test
    void waitsForASlowOneWhenThereIsNobodyElse() {
        Contact slow = node(9);
        lookup.heardOf(List.of(slow));
        lookup.next();
        lookup.slow(slow.address());
        assertThat(lookup.isDone()).isFalse();

        lookup.failed(slow.address());
        assertThat(lookup.isDone()).isTrue();
    }

    @Test
    void countsAHostOnceHoweverManyNodesItPosesAs() {
        List<Contact> sybils = new ArrayList<>();
        for (int port = 1; port < 100; port++) {
            sybils.add(new Contact(target.beside(60 + port % 50, random), At.port("20.66.6.6", port)));
        }
        Contact honest = node(1);
        lookup.heardOf(List.of(honest));
        lookup.next();
        lookup.answered(honest.address(), honest.id(), sybils, TOKEN);

        answerAll(sybils);

        assertThat(lookup.holders().stream().map(Lookup.Holder::contact))
                .hasSize(2)
                .contains(honest);
    }

    @Test
    void asksThoseWhoseIdDoesNotFitButDoesNotCountThem() {
        lookup = new Lookup(target, LookupBounds.of(3, 40), contact -> target.sharedPrefix(contact.id()) < 50);
        List<Contact> liars = new ArrayList<>();
        List<Contact> honest = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            liars.add(node(60));
            honest.add(node(10));
        }
        lookup.heardOf(liars);
        lookup.heardOf(honest);

        answerAll(List.of());

        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.holders().stream().map(Lookup.Holder::contact)).containsExactlyInAnyOrderElementsOf(honest);
    }

    @Test
    void doesNotLetALieAboutAnHonestHostKeepItOut() {
        lookup = new Lookup(target, LookupBounds.of(3, 40), contact -> target.sharedPrefix(contact.id()) < 50);
        for (int i = 0; i < 8; i++) {
            lookup.heardOf(List.of(node(60)));
        }
        Contact honest = node(10);
        lookup.heardOf(List.of(new Contact(target.beside(55, random), honest.address())));
        lookup.heardOf(List.of(honest));

        answerAll(List.of());

        assertThat(lookup.holders().stream().map(Lookup.Holder::contact)).containsExactly(honest);
    }

    @Test
    void believesANodeAboutItsOwnId() {
        Contact claimed = node(20);
        NodeId real = target.beside(2, random);
        lookup.heardOf(List.of(claimed));
        lookup.next();

        lookup.answered(claimed.address(), real, List.of(), TOKEN);

        assertThat(lookup.holders())
                .containsExactly(new Lookup.Holder(new Contact(real, claimed.address()), TOKEN.get()));
    }

    @Test
    void takesNoAnswerFromWhoeverWasNotAsked() {
        Contact stranger = node(20);
        lookup.answered(stranger.address(), stranger.id(), List.of(node(30)), TOKEN);

        assertThat(lookup.next()).isEmpty();
        assertThat(lookup.holders()).isEmpty();
    }

    @Test
    void endsThoughLiarsGoOnAndOn() {
        lookup.heardOf(List.of(node(1)));
        int rounds = 0;
        while (!lookup.isDone()) {
            for (InetSocketAddress address : lookup.next()) {
                List<Contact> nearer = List.of(node(30 + rounds), node(30 + rounds), node(30 + rounds));
                lookup.answered(address, target.beside(29 + rounds, random), nearer, TOKEN);
            }
            rounds++;
        }

        assertThat(lookup.askedCount()).isLessThanOrEqualTo(40);
    }

    @Test
    void knocksAtDoorsWhileItKnowsTooFew() {
        InetSocketAddress door = At.port("20.8.8.8", 6881);
        lookup.heardOfDoors(List.of(door));
        assertThat(lookup.isDone()).isFalse();
        assertThat(lookup.next()).containsExactly(door);

        Contact other = node(3);
        lookup.answered(door, target.beside(1, random), List.of(other), TOKEN);

        assertThat(lookup.next()).containsExactly(other.address());
        lookup.failed(other.address());
        assertThat(lookup.isDone()).isTrue();
    }

    @Test
    void endsWhenNoDoorOpens() {
        InetSocketAddress door = At.port("20.8.8.8", 6881);
        lookup.heardOfDoors(List.of(door));
        lookup.next();
        lookup.failed(door);

        assertThat(lookup.isDone()).isTrue();
    }

    /** Everybody who is asked answers with these. */
    private void answerAll(List<Contact> nodes) {
        for (List<InetSocketAddress> next = lookup.next(); !next.isEmpty(); next = lookup.next()) {
            for (InetSocketAddress address : next) {
                lookup.answered(address, id(address), nodes, TOKEN);
            }
        }
    }

    private final List<Contact> all = new ArrayList<>();

    private NodeId id(InetSocketAddress address) {
        return all.stream()
                .filter(contact -> contact.address().equals(address))
                .map(Contact::id)
                .findFirst()
                .orElseGet(() -> target.beside(70, random));
    }

    private Contact node(int prefix) {
        hosts++;
        Contact contact =
                new Contact(target.beside(prefix, random), At.port("20.0." + hosts / 250 + "." + hosts % 250, 6881));
        all.add(contact);
        return contact;
    }
}

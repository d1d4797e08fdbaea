package ahti.net.place;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.At;
import org.junit.jupiter.api.Test;

class ExternalVotesTest {
    private final ExternalVotes votes = new ExternalVotes();

    @Test
    void believesFourThatAgree() {
        for (int voter = 1; voter < ExternalVotes.LEAST; voter++) {
            vote(voter, "80.1.1.1");
            assertThat(votes.elected()).isEmpty();
        }
        vote(ExternalVotes.LEAST, "80.1.1.1");

        assertThat(votes.elected()).contains(At.host("80.1.1.1"));
    }

    @Test
    void givesEachHostOneVoice() {
        for (int port = 1; port < 100; port++) {
            votes.vote(Voter.at(At.port("20.0.0.1", port)), At.host("80.1.1.1"));
        }

        assertThat(votes.elected()).isEmpty();
    }

    @Test
    void believesNobodyWhenTheyDisagree() {
        for (int voter = 1; voter <= 6; voter++) {
            vote(voter, "80.1.1.1");
            vote(100 + voter, "80.1.1.2");
        }

        assertThat(votes.elected()).isEmpty();
    }

    @Test
    void followsAMove() {
        for (int voter = 1; voter <= ExternalVotes.MOST; voter++) {
            vote(voter, "80.1.1.1");
        }
        for (int voter = 1; voter <= ExternalVotes.MOST; voter++) {
            vote(100 + voter, "80.1.1.2");
        }

        assertThat(votes.elected()).contains(At.host("80.1.1.2"));
    }

    @Test
    void ignoresThatWeAreInTheirLocalNetwork() {
        for (int voter = 1; voter <= 10; voter++) {
            vote(voter, "192.168.1.7");
        }

        assertThat(votes.elected()).isEmpty();
    }

    private void vote(int voter, String seen) {
        votes.vote(Voter.at(At.port("20.0.0." + voter, 6881)), At.host(seen));
    }
}

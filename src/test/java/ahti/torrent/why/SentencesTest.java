package ahti.torrent.why;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.picker.Pick;
import ahti.picker.PickReason;
import ahti.torrent.why.ChokeReason.Measure;
import ahti.torrent.why.ChokeReason.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read for each reason. */
class SentencesTest {
    private static final long MIB = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(125);

    @ParameterizedTest
    @MethodSource
    void aTorrentSaysWhyItWaits(WaitReason reason, String sentence) {
        assertThat(reason.sentence()).isEqualTo(sentence);
    }

    static List<Arguments> aTorrentSaysWhyItWaits() {
        return List.of(
                Arguments.of(new WaitReason.Checking(MIB, 4 * MIB), "checking existing data: 1.0 MiB of 4.0 MiB"),
                Arguments.of(new WaitReason.PausedByUser(), "paused"),
                Arguments.of(new WaitReason.Metadata(0, 0, 0, 0), "looking for peers that know this torrent"),
                Arguments.of(new WaitReason.Metadata(0, 2, 0, 0), "connecting to 2 peers"),
                Arguments.of(new WaitReason.Metadata(1, 2, 0, 0), "asking 1 peer for metadata"),
                Arguments.of(new WaitReason.Metadata(17, 40, 3072, 9000), "asking 17 peers for metadata 3/9 KiB"),
                Arguments.of(new WaitReason.Troubled("disk full on /data"), "disk full on /data"),
                Arguments.of(
                        new WaitReason.DiskFails("disk full on /data", Duration.ofSeconds(9)),
                        "disk full on /data; tried again in 9 s"),
                Arguments.of(new WaitReason.Stopping(), "stopping"),
                Arguments.of(
                        new WaitReason.RestartPause("a bug", 2, 5, Duration.ofSeconds(4)),
                        "restart 2 of 5 in 4 s after an internal error: a bug"),
                Arguments.of(new WaitReason.Connecting(1), "connecting to 1 peer"),
                Arguments.of(new WaitReason.Unreachable(5), "none of 5 known peers can be reached; trying again"),
                Arguments.of(
                        new WaitReason.TrackersFailing("tracker says: go away"), "no peers: tracker says: go away"),
                Arguments.of(new WaitReason.TrackersPending(), "no peers yet: waiting for the tracker's answer"),
                Arguments.of(new WaitReason.NoPeersKnown(), "no peers yet: the tracker knows none"),
                Arguments.of(new WaitReason.DhtPending(0), "no peers yet: joining the DHT"),
                Arguments.of(new WaitReason.DhtPending(1), "no peers yet: asking the DHT, 1 node"),
                Arguments.of(new WaitReason.DhtFailing("no DHT node answers"), "no peers: no DHT node answers"),
                Arguments.of(new WaitReason.NobodyInDht(7), "no peers yet: the DHT knows none, of 7 nodes in reach"),
                Arguments.of(
                        new WaitReason.NobodyToAsk(),
                        "no peers: there is no tracker; name one with --tracker, or a peer with --peer"),
                Arguments.of(new WaitReason.WebSeedsRest(1, "it answers 503"), "1 web seed rests: it answers 503"),
                Arguments.of(new WaitReason.WebSeedsRest(2, "it answers 503"), "2 web seeds rest: it answers 503"),
                Arguments.of(
                        new WaitReason.WebSeedsLost(1, "it answers 404"),
                        "no peers, and 1 web seed given up: it answers 404"),
                Arguments.of(new WaitReason.NowhereInSwarm(1), "1 piece exists nowhere in the swarm"),
                Arguments.of(new WaitReason.NowhereInSwarm(2), "2 pieces exist nowhere in the swarm"),
                Arguments.of(new WaitReason.NothingWanted(1), "1 peer, none has anything we want"),
                Arguments.of(new WaitReason.AllChoking(12), "12 peers, all choking us"),
                Arguments.of(
                        new WaitReason.BudgetSpent(4, 64 * MIB, 64 * MIB),
                        "the memory budget of 64.0 MiB is spent by 4 pieces"),
                Arguments.of(new WaitReason.Awaiting(1), "1 peer asked, nothing has come yet"));
    }

    @ParameterizedTest
    @MethodSource
    void ourChokeSaysWhy(ChokeReason reason, boolean unchokes, String sentence) {
        assertThat(reason.unchokes()).isEqualTo(unchokes);
        assertThat(reason.sentence()).isEqualTo(sentence);
    }

    static List<Arguments> ourChokeSaysWhy() {
        Place second = new Place(2, 9, 3 * MIB, Measure.SENDS_US);
        Place last = new Place(9, 9, 0, Measure.TAKES_FROM_US);
        return List.of(
                Arguments.of(
                        new ChokeReason.SlotByRate(second, 5),
                        true,
                        "slot by rate: rank 2 of 9, sends us 3.0 MiB/s, 5 slots"),
                Arguments.of(new ChokeReason.SlotByLot(3, 12), true, "slot by lot: 3 of 12 lots"),
                Arguments.of(new ChokeReason.IdleSlot(2, 5), true, "a free slot: 2 of 5 were taken"),
                Arguments.of(new ChokeReason.Neighbour(), true, "a neighbour: needs no slot"),
                Arguments.of(
                        new ChokeReason.Outranked(last, 5), false, "no slot left: rank 9 of 9, takes 0 B/s, 5 slots"),
                Arguments.of(new ChokeReason.SlotsTaken(5), false, "all 5 slots are taken until the next round"),
                Arguments.of(
                        new ChokeReason.Snubs(LONG, 5), false, "it owes us blocks and has sent none for 2 min 5 s"),
                Arguments.of(
                        new ChokeReason.SlotByTurn(MIB, 8 * MIB, MIB, 5),
                        true,
                        "its turn: was given 1.0 MiB of 8.0 MiB, 5 slots"),
                Arguments.of(
                        new ChokeReason.AwaitsTurn(3, MIB, 5),
                        false,
                        "number 3 in line: was given 1.0 MiB lately, 5 slots"),
                Arguments.of(new ChokeReason.NotInterested(), false, "it is not interested"));
    }

    @ParameterizedTest
    @MethodSource
    void aSilentPeerHasAReason(SilenceReason reason, String sentence) {
        assertThat(reason.sentence()).isEqualTo(sentence);
    }

    static List<Arguments> aSilentPeerHasAReason() {
        return List.of(
                Arguments.of(new SilenceReason.NothingWanted(0), "it has nothing"),
                Arguments.of(new SilenceReason.NothingWanted(3), "we want nothing of its 3 pieces"),
                Arguments.of(new SilenceReason.ChokesUs(LONG), "it has choked us for 2 min 5 s"),
                Arguments.of(
                        new SilenceReason.Snubs(Duration.ofHours(3)),
                        "it let requests time out, and has sent nothing for 3 h 0 min"),
                Arguments.of(
                        new SilenceReason.Refuses(),
                        "it let us ask and refused what we asked for, and is left alone for a while"),
                Arguments.of(new SilenceReason.Owes(1, 16, LONG), "it owes 1 block for 2 min 5 s"),
                Arguments.of(new SilenceReason.Owes(16, 16, LONG), "it owes 16 blocks (window full) for 2 min 5 s"),
                Arguments.of(
                        new SilenceReason.Rests("it answers 503", LONG), "it answers 503; asked again in 2 min 5 s"),
                Arguments.of(
                        new SilenceReason.BudgetSpent(1, MIB, MIB), "the memory budget of 1.0 MiB is spent by 1 piece"),
                Arguments.of(
                        new SilenceReason.AllAsked(2), "the 2 pieces of it that we want are asked of others, or here"));
    }

    @ParameterizedTest
    @MethodSource
    void whatWasAskedOfAPeerHasAReason(PickReason reason, String sentence) {
        assertThat(new Pick(7, 16, reason).sentence()).isEqualTo("piece 7, 16 blocks: " + sentence);
    }

    static List<Arguments> whatWasAskedOfAPeerHasAReason() {
        return List.of(
                Arguments.of(new PickReason.GoesOn(), "it works on this piece already"),
                Arguments.of(new PickReason.LeftBehind(), "others left it unfinished"),
                Arguments.of(new PickReason.Shared(), "shared with other slow peers"),
                Arguments.of(new PickReason.Helps(), "no other piece can be opened for it"),
                Arguments.of(new PickReason.ByLot(1), "by lot, while we hold only 1 piece"),
                Arguments.of(new PickReason.Rarest(3), "rarest first: 3 peers have it"),
                Arguments.of(new PickReason.Suggested(1), "it suggests this piece: 1 peer has it"),
                Arguments.of(new PickReason.InOrder(), "the next in order"),
                Arguments.of(new PickReason.Endgame(2), "endgame: 2 other peers owe it, too"),
                Arguments.of(new PickReason.HeldUp(1), "memory is full: 1 other peer owes it, and sends nothing"),
                Arguments.of(new PickReason.Allowed(), "it allows this piece while it chokes us"));
    }

    @Test
    void aPeerSaysWhatMattersNow() {
        ChokeDecision early = new ChokeDecision(new ChokeReason.NotInterested(), LONG);
        ChokeDecision now = new ChokeDecision(new ChokeReason.IdleSlot(0, 5), Duration.ofSeconds(3));
        Pick pick = new Pick(7, 1, new PickReason.Rarest(1));

        assertThat(new PeerWhy(List.of(early, now), Optional.empty(), List.of(pick)).sentences())
                .containsExactly(
                        "piece 7, 1 block: rarest first: 1 peer has it",
                        "unchoked for 3 s: a free slot: 0 of 5 were taken");
        assertThat(new PeerWhy(List.of(early), Optional.of(new SilenceReason.NothingWanted(0)), List.of(pick))
                        .sentences())
                .containsExactly("it has nothing", "choked for 2 min 5 s: it is not interested");
    }
}

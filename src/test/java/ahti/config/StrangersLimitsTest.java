package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a stranger can make large has a limit in reference.conf, and each of these limits a test that goes beyond it. A key that
 * looks like one and stands neither here as tested nor as nobody's but ours fails the build.
 */
class StrangersLimitsTest {
    /** What the name of a limit looks like; all of {@code ahti.limits} are limits. */
    private static final Pattern LIMIT = Pattern.compile(
            "ahti\\.limits\\..*"
                    + "|.*\\.(max-.*|.*-max|.*-most|.*-buffers?|.*-queue|.*per-.*|.*-timeout|.*-size|.*-memory|.*-budget"
                    + "|backlog|values|request|idle-messages|message|open-files|reserved-handles|waiting-datagrams|lpd-peers|allowed-fast|timeout)");

    /** Key and the test that exceeds it. */
    private static final Map<String, String> TESTED = tested();

    /** Limits of what we do ourselves, or of what our user does: no stranger comes near them. */
    private static final Set<String> OURS = Set.of(
            "ahti.net.block-list-size",
            "ahti.net.connect-timeout",
            // The operating system's own.
            "ahti.net.backlog",
            "ahti.net.web-timeout",
            "ahti.peer.request-timeout-min",
            "ahti.peer.request-timeout-max",
            "ahti.torrent.upload-slots-max",
            "ahti.engine.restart-pause-max",
            "ahti.engine.max-adding",
            "ahti.engine.max-callback-threads",
            "ahti.read.max-readers",
            "ahti.record.max-size",
            "ahti.dht.max-lookups",
            "ahti.dht.query-timeout",
            "ahti.dht.max-saved",
            "ahti.dht.join-pause-max",
            "ahti.tracker.retry-pause-max",
            "ahti.tracker.announce-most",
            "ahti.web-seed.retry-pause-max",
            "ahti.torrent.reconnect-pause-max",
            "ahti.torrent.disk-retry-pause-max");

    private static Map<String, String> tested() {
        Map<String, String> tests = new LinkedHashMap<>();
        tests.put("ahti.limits.torrent-file", "ahti.disk.TorrentFilesTest.whatIsLargerThanTheLimitIsRefused");
        tests.put("ahti.limits.bencode-depth", "ahti.bencode.BencodeReaderTest.refusesNestingBeyondTheLimit");
        tests.put("ahti.limits.bencode-items", "ahti.bencode.BencodeReaderTest.refusesMoreValuesThanTheLimit");
        tests.put("ahti.limits.piece-length", "ahti.metainfo.MetainfoRefusalTest.namesTheFieldThatIsWrong");
        tests.put("ahti.limits.pieces", "ahti.metainfo.MetainfoRefusalTest.namesTheFieldThatIsWrong");
        tests.put("ahti.limits.files", "ahti.metainfo.MetainfoRefusalTest.namesTheFieldThatIsWrong");
        tests.put("ahti.limits.path-depth", "ahti.metainfo.MetainfoRefusalTest.namesTheFieldThatIsWrong");
        tests.put("ahti.limits.trackers", "ahti.metainfo.MetainfoReaderTest.takesOnlySoManyTrackersAndWebSeeds");
        tests.put("ahti.limits.tracker-body", "ahti.net.http.HttpOverSocketsTest.stopsAGzipBombAtTheBound");
        tests.put("ahti.limits.tracker-peers", "ahti.tracker.HttpAnswerTest.takesNoMorePeersThanTheLimit");
        tests.put(
                "ahti.net.max-half-open",
                "ahti.net.HalfOpenLimitTest.theThirdDialWaitsUntilAnEarlierOneIsOpenOrHasFailed");
        tests.put("ahti.net.max-peers", "ahti.testkit.script.RoomTest.theEngineAsAWholeHasALimitToo");
        tests.put(
                "ahti.net.max-strangers",
                "ahti.testkit.script.CrowdAtTheDoorTest.whoDawdlesOverItsHandshakeKeepsNobodyOut");
        tests.put(
                "ahti.net.socket-memory",
                "ahti.config.SocketBuffersTest.theBuffersOfAllPeersFitIntoWhatThereIsForThem");
        tests.put("ahti.net.reserved-handles", "ahti.net.HandlesTest.givesOutAllButTheReserve");
        tests.put("ahti.net.max-fetches", "ahti.net.http.SlowServersTest.theServersOfOneKeepNobodyElseWaiting");
        tests.put("ahti.net.waiting-datagrams", "ahti.net.UdpFloodTest.aReceiverHasSoManyBeforeItAndNotOneMore");
        tests.put(
                "ahti.peer.handshake-timeout",
                "ahti.testkit.script.CrowdAtTheDoorTest.oneByteASecondForEverIsNoHandshake");
        tests.put(
                "ahti.peer.silence-timeout",
                "ahti.testkit.script.PeerProtocolTest.dropsAPeerAfterAHundredAndFiftySecondsOfSilence");
        tests.put(
                "ahti.peer.send-timeout",
                "ahti.testkit.script.HostilePeerTest.aPeerThatNeverReadsIsDroppedHoweverItTalks");
        tests.put("ahti.peer.requests-max", "ahti.peer.RequestWindowTest.neverExceedsWhatThePeerQueues");
        tests.put("ahti.tracker.timeout", "ahti.net.http.HttpOverSocketsTest.cutsOffAServerThatDrips");
        tests.put("ahti.web-seed.timeout", "ahti.net.http.HttpOverSocketsTest.cutsOffAServerThatIsSilent");
        tests.put("ahti.peer.upload-queue", "ahti.testkit.script.HostilePeerTest.noMoreRequestsWaitThanWeSay");
        tests.put("ahti.peer.upload-buffer", "ahti.peer.PeerConnectionTest.readsAheadNoMoreThanTheUploadBuffer");
        tests.put(
                "ahti.peer.upload-buffers",
                "ahti.limit.EqualPartsTest.allTogetherHaveNoMoreThanTheWholeAndNoLessThanHalfOfIt");
        tests.put("ahti.peer.talk-buffer", "ahti.peer.PeerFloodTest.whoAsksAndDoesNotListenLosesOurPatienceSooner");
        tests.put("ahti.peer.idle-messages", "ahti.peer.PeerFloodTest.aFloodOfItEndsTheConnection");
        tests.put("ahti.peer.idle-messages-per-second", "ahti.peer.PeerFloodTest.whatIsSpreadOverTimeIsForgiven");
        tests.put(
                "ahti.peer.message",
                "ahti.testkit.script.HostilePeerTest.aLengthBeyondTheLargestMessageEndsTheConnectionAtOnce");
        tests.put(
                "ahti.peer.allowed-fast",
                "ahti.testkit.script.FastProtocolTest.aNewcomerGetsAFewPiecesWhileItIsChokedEachBlockOnce");
        tests.put("ahti.picker.memory-budget", "ahti.picker.PickerTest.servesTheWaitingInTurnWhenMemoryComesFree");
        tests.put("ahti.disk.max-open-files", "ahti.disk.PieceFilesTest.piecesStoredInAnyOrderMakeTheFiles");
        tests.put(
                "ahti.tracker.udp-timeout",
                "ahti.tracker.UdpLineTest.sendsAgainAfterFifteenSecondsAndGivesUpAfterThirtyMore");
        tests.put("ahti.tracker.interval-max", "ahti.tracker.CycleTest.clampsWhatATrackerAsksFor");
        tests.put("ahti.tracker.max-redirects", "ahti.net.http.HttpOverSocketsTest.leavesARedirectLoop");
        tests.put(
                "ahti.torrent.max-peers",
                "ahti.testkit.script.CrowdAtTheDoorTest.halfAHandshakeHoldsNoPlaceOfATorrent");
        tests.put("ahti.torrent.max-candidates", "ahti.torrent.CandidatesTest.noMoreAreKnownThanConfigured");
        tests.put(
                "ahti.torrent.max-peers-per-address",
                "ahti.testkit.script.CrowdAtTheDoorTest.oneAddressHasOnlySoManyConnections");
        tests.put(
                "ahti.torrent.max-peers-per-network",
                "ahti.testkit.script.CrowdAtTheDoorTest.oneNetworkHasOnlySoManyConnections");
        tests.put(
                "ahti.web-seed.max-seeds", "ahti.webseed.WebSeedScriptTest.whoLiesIsDiscardedAndAnotherTakesItsPlace");
        tests.put("ahti.web-seed.request", "ahti.webseed.WantedTest.keepsWithinItsBytesAndTheFirstComesFirst");
        tests.put("ahti.web-seed.max-redirects", "ahti.net.http.HttpOverSocketsTest.leavesARedirectLoop");
        tests.put(
                "ahti.engine.events-buffer",
                "ahti.engine.BacklogTest.countsWhatDoesNotFitAndTellsItAtThePlaceOfTheGap");
        tests.put("ahti.dht.max-asked", "ahti.dht.lookup.LookupTest.endsThoughLiarsGoOnAndOn");
        tests.put("ahti.dht.answers-per-second", "ahti.dht.serve.DeskTest.answersAllTogetherOnlySoOften");
        tests.put("ahti.dht.answers-per-address", "ahti.dht.serve.DeskTest.answersAHostOnlySoOften");
        tests.put(
                "ahti.dht.max-hashes",
                "ahti.dht.serve.DeskTest.keepsSoManyTorrentsThoseWithPeersRatherThanThoseWithFew");
        tests.put("ahti.dht.max-peers", "ahti.dht.serve.DeskTest.keepsSoManyPeersOfATorrentAndFewOfOneHost");
        tests.put("ahti.dht.peers-per-address", "ahti.dht.serve.DeskTest.keepsSoManyPeersOfATorrentAndFewOfOneHost");
        tests.put("ahti.dht.values", "ahti.dht.serve.DeskTest.fitsEveryAnswerIntoOneDatagram");
        tests.put("ahti.dht.introductions-per-minute", "ahti.dht.NodeProtocolTest.triesOnlySoManyNodesThatPeersName");
        tests.put(
                "ahti.discovery.pex-per-peer",
                "ahti.torrent.CandidatesTest.onePeerMayTellOfAFewAndOfFewPortsOfOneAddress");
        tests.put(
                "ahti.discovery.pex-per-address",
                "ahti.torrent.CandidatesTest.onePeerMayTellOfAFewAndOfFewPortsOfOneAddress");
        tests.put("ahti.discovery.lpd-heard-per-second", "ahti.lsd.LocalDiscoveryTest.readsNoMoreInASecondThanItMay");
        tests.put("ahti.discovery.lpd-peers", "ahti.lsd.LocalDiscoveryTest.takesNoMorePeersOfATorrentThanItMay");
        return tests;
    }

    private static Set<String> limits() {
        return keys(ConfigFactory.defaultReference()).stream()
                .filter(key -> LIMIT.matcher(key).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> keys(Config root) {
        return root.entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith("ahti.") && !key.contains("-dispatcher."))
                .toList();
    }

    @Test
    void everyLimitOfStrangersHasATestThatExceedsIt() {
        Set<String> known = new TreeSet<>(TESTED.keySet());
        known.addAll(OURS);

        assertThat(limits()).as("keys of reference.conf that look like limits").isSubsetOf(known);
    }

    @Test
    void nothingIsListedThatIsNoKey() {
        List<String> keys = keys(ConfigFactory.defaultReference());

        assertThat(keys).containsAll(TESTED.keySet()).containsAll(OURS);
    }

    static Stream<Arguments> tests() {
        return TESTED.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tests")
    void theTestOfALimitIsThere(String key, String test) throws ClassNotFoundException {
        int dot = test.lastIndexOf('.');
        String method = test.substring(dot + 1);

        assertThat(Arrays.stream(Class.forName(test.substring(0, dot)).getDeclaredMethods())
                        .filter(found -> found.getName().equals(method))
                        .filter(StrangersLimitsTest::isTest))
                .as("%s of %s", test, key)
                .isNotEmpty();
    }

    private static boolean isTest(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(Class::getSimpleName)
                .anyMatch(Set.of("Test", "ParameterizedTest", "Seeds")::contains);
    }
}

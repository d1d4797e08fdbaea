package ahti.testkit.script;

import ahti.testkit.tracker.HeardAnnounce;
import ahti.testkit.tracker.TrackerAnswer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A tracker that does what a test says, over HTTP or UDP. An announce waits until the script expects it, and then for its
 * answer; one that never gets any runs into the engine's own patience.
 *
 * <pre>{@code
 * tracker.expectsAnnounce().withEvent("started").withLeft(65536);
 * tracker.answers(Duration.ofMinutes(30), peer.address());
 * tracker.expectsNoAnnounceFor(Duration.ofMinutes(29));
 * }</pre>
 */
public final class ScriptedTracker {
    private static final Duration PATIENCE = Duration.ofDays(2);

    private final Stage stage;
    private final AnnounceLine line;
    private final Transcript transcript;
    private final ArrayDeque<Waiting> unexpected = new ArrayDeque<>();
    private @Nullable Question asked;

    /** An announce that no step of the script has taken yet. */
    private record Waiting(Question question, Duration since) {}

    private ScriptedTracker(Stage stage, AnnounceLine line, Transcript transcript) {
        this.stage = stage;
        this.line = line;
        this.transcript = transcript;
        line.listen(this::heard);
    }

    static ScriptedTracker http(Stage stage, String name) {
        Transcript transcript = new Transcript(name, stage.time().clock());
        return new ScriptedTracker(
                stage, new HttpAnnounceLine(stage, stage.network().host(name)), transcript);
    }

    static ScriptedTracker udp(Stage stage, String name) {
        Transcript transcript = new Transcript(name, stage.time().clock());
        return new ScriptedTracker(
                stage, new UdpAnnounceLine(stage, stage.network().host(name), transcript), transcript);
    }

    private void heard(Question question) {
        HeardAnnounce announce = question.announce();
        transcript.hears(
                "Announce" + (announce.event().isEmpty() ? "" : " " + announce.event()) + ", left " + announce.left());
        unexpected.add(new Waiting(question, stage.time().now()));
    }

    /** Its announce URL. */
    public String url() {
        return line.url();
    }

    /** What was said so far. */
    public Transcript transcript() {
        return transcript;
    }

    /** An announce comes next; it waits for its answer. */
    public ExpectedAnnounce expectsAnnounce() {
        if (!stage.time().runUntil(() -> !unexpected.isEmpty(), PATIENCE)) {
            throw transcript.failure("expected an announce, but none came for " + PATIENCE.toHours() + " h");
        }
        Waiting next = unexpected.remove();
        asked = next.question();
        return new ExpectedAnnounce(next.question().announce(), next.since(), transcript);
    }

    /** No announce comes for that long, which passes. */
    public ScriptedTracker expectsNoAnnounceFor(Duration duration) {
        if (stage.time().runUntil(() -> !unexpected.isEmpty(), duration)) {
            throw transcript.failure("expected no announce for " + duration.toSeconds() + " s, but one came");
        }
        return this;
    }

    /** Answers the announce with these peers, and when to announce again. */
    public ScriptedTracker answers(Duration interval, InetSocketAddress... peers) {
        return answers(TrackerAnswer.of(interval, List.of(peers)));
    }

    /** Answers the announce with the addresses of these peers, and when to announce again. */
    public ScriptedTracker answers(Duration interval, ScriptedPeer first, ScriptedPeer... others) {
        InetSocketAddress[] addresses = new InetSocketAddress[1 + others.length];
        addresses[0] = first.address();
        for (int i = 0; i < others.length; i++) {
            addresses[1 + i] = others[i].address();
        }
        return answers(interval, addresses);
    }

    /** Answers the announce. */
    public ScriptedTracker answers(TrackerAnswer answer) {
        transcript.does(words(answer));
        asked().answer(answer);
        return settled();
    }

    /** Answers that it will not, and why. */
    public ScriptedTracker fails(String reason) {
        transcript.does("fails: " + reason);
        asked().fail(reason);
        return settled();
    }

    /** Never answers the announce. */
    public ScriptedTracker isSilent() {
        transcript.does("is silent");
        asked();
        return this;
    }

    /** Answers with bytes as they are, whatever they mean. */
    public ScriptedTracker answersGarbage(ByteString bytes) {
        transcript.does(Wording.raw(bytes));
        asked().raw(bytes);
        return settled();
    }

    /** Over HTTP: answers with this status and nothing more. */
    public ScriptedTracker answersStatus(int status) {
        transcript.does("status " + status);
        overHttp().status(status, ByteString.emptyByteString());
        return settled();
    }

    /** Over HTTP: breaks the connection instead of an answer. */
    public ScriptedTracker breaksOff() {
        transcript.does("breaks off");
        overHttp().breakOff();
        return settled();
    }

    /** Over UDP: sends a whole answer that names another transaction. The announce still waits for its own. */
    public ScriptedTracker answersWithWrongTransaction(Duration interval, InetSocketAddress... peers) {
        Question question = asked();
        asked = question;
        transcript.does("for another transaction: " + words(TrackerAnswer.of(interval, List.of(peers))));
        if (!(question instanceof UdpAnnounceLine.Asked udp)) {
            throw new IllegalStateException("HTTP knows no transactions");
        }
        udp.answerAnother(TrackerAnswer.of(interval, List.of(peers)));
        return settled();
    }

    /** Over UDP: answers nobody who connects, from now on. */
    public ScriptedTracker ignoresConnects() {
        overUdp().connecting(false);
        return this;
    }

    /** Over UDP: no connection id that it gave is good any more. */
    public ScriptedTracker forgetsConnections() {
        overUdp().forgetConnections();
        return this;
    }

    private Question asked() {
        Question question = Objects.requireNonNull(asked, "the tracker must expect an announce first");
        asked = null;
        return question;
    }

    private HttpAnnounceLine.Asked overHttp() {
        if (asked() instanceof HttpAnnounceLine.Asked http) {
            return http;
        }
        throw new IllegalStateException("only over HTTP");
    }

    private UdpAnnounceLine overUdp() {
        if (line instanceof UdpAnnounceLine udp) {
            return udp;
        }
        throw new IllegalStateException("only over UDP");
    }

    private ScriptedTracker settled() {
        stage.settle();
        return this;
    }

    private static String words(TrackerAnswer answer) {
        return answer.peers().size() + " peers, again in " + answer.interval().toSeconds() + " s";
    }
}

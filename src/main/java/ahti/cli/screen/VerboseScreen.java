package ahti.cli.screen;

import ahti.torrent.PeerStatus;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import ahti.torrent.why.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Another screen, for people who want to know more: a line whenever the torrent waits for another kind of reason. The key
 * {@code v} begins and ends it.
 */
public final class VerboseScreen implements Screen {
    private final Screen screen;
    private final Consumer<Boolean> log;
    private boolean verbose;
    private Optional<WaitReason> last = Optional.empty();

    /** Over {@code screen}; {@code log} hears whether log lines are wanted each time that the user changes it. */
    public VerboseScreen(Screen screen, boolean verbose, Consumer<Boolean> log) {
        this.screen = screen;
        this.verbose = verbose;
        this.log = log;
    }

    @Override
    public Duration period() {
        return screen.period();
    }

    @Override
    public int cells() {
        return screen.cells();
    }

    @Override
    public void show(TorrentStatus status, long nowNanos) {
        Optional<WaitReason> waiting = status.waiting();
        if (verbose && !kind(waiting).equals(kind(last))) {
            screen.say(waiting.map(reason -> "waiting: " + reason.sentence()).orElse("no longer waiting"));
        }
        last = waiting;
        screen.show(status, nowNanos);
    }

    private static Optional<Class<?>> kind(Optional<WaitReason> reason) {
        return reason.map(Object::getClass);
    }

    @Override
    public void press(Key key) {
        if (key == Key.VERBOSE) {
            verbose = !verbose;
            log.accept(verbose);
            screen.say(verbose ? "verbose: v ends it" : "no longer verbose");
            last = Optional.empty();
        }
        screen.press(key);
    }

    @Override
    public boolean showsPeers() {
        return screen.showsPeers();
    }

    @Override
    public void peers(List<PeerStatus> peers) {
        screen.peers(peers);
    }

    @Override
    public void happened(TorrentEvent event) {
        screen.happened(event);
    }

    @Override
    public void say(String sentence) {
        screen.say(sentence);
    }

    @Override
    public void resized(int columns) {
        screen.resized(columns);
    }

    @Override
    public void ended(Closing closing) {
        screen.ended(closing);
    }
}

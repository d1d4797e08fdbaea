package ahti.cli.screen;

import ahti.cli.env.Json;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.why.WaitReason;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** One JSON object per line on standard output; to people only why it failed. */
public final class JsonScreen implements Screen {
    private final PrintStream stdout;
    private final Clock wallClock;
    private final Screen people;

    /** Events go to {@code stdout}; {@code people} is told about the end. */
    public JsonScreen(PrintStream stdout, Clock wallClock, Screen people) {
        this.stdout = stdout;
        this.wallClock = wallClock;
        this.people = people;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int cells() {
        return 0;
    }

    @Override
    public void show(TorrentStatus status, long nowNanos) {
        boolean checking = status.state() == TorrentState.CHECKING;
        print(event("progress", status.infoHash().hex())
                .put("state", lower(status.state()))
                .put("have", checking ? status.checked() : status.have())
                .put("wanted", checking ? status.toCheck() : status.wanted())
                .put("down", status.downRate())
                .put("up", status.upRate())
                .put(
                        "peers",
                        new Json()
                                .put("connected", status.peers().connected())
                                .put("unchokedUs", status.peers().feedingUs()))
                .put("eta", status.etaSeconds())
                .put("waiting", status.waiting().map(WaitReason::sentence)));
    }

    @Override
    public void happened(TorrentEvent event) {
        String hash = event.infoHash().hex();
        if (event instanceof TorrentEvent.StateChanged changed) {
            print(event("state", hash).put("state", lower(changed.state())));
        } else if (event instanceof TorrentEvent.ProblemRaised raised) {
            print(event("problem", hash).put("message", raised.problem().describe()));
        } else if (event instanceof TorrentEvent.Restarting restarting) {
            print(event("restarting", hash)
                    .put("message", restarting.why())
                    .put("restart", restarting.restart())
                    .put("most", restarting.most())
                    .put("seconds", restarting.pause().toMillis() / 1000.0));
        } else if (event instanceof TorrentEvent.PieceCorrupt corrupt) {
            print(event("corrupt", hash).put("piece", corrupt.piece()));
        } else if (event instanceof TorrentEvent.PeerDropped dropped) {
            print(event("dropped", hash).put("peer", dropped.address()).put("message", dropped.reason()));
        } else if (event instanceof TorrentEvent.TrackerSaid said) {
            print(event("tracker", hash).put("url", said.url()).put("message", said.text()));
        } else if (event instanceof TorrentEvent.Finished finished) {
            print(event("finished", hash).put("wasComplete", finished.wasComplete()));
        }
    }

    @Override
    public void say(String sentence) {
        people.say(sentence);
    }

    @Override
    public void resized(int columns) {}

    @Override
    public void ended(Closing closing) {
        Json json = event(closing.complete() ? "done" : "failed", closing.hash())
                .put("path", closing.path())
                .put("seconds", closing.fetching().toMillis() / 1000.0)
                .put("wasted", closing.wasted())
                .put("exit", closing.code().code());
        print(closing.complete() ? json : json.put("message", closing.sentence()));
        people.ended(closing);
    }

    private Json event(String name, String hash) {
        return new Json().put("ts", wallClock.instant()).put("event", name).put("hash", hash);
    }

    private static String lower(TorrentState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void print(Json json) {
        stdout.print(json + "\n");
        stdout.flush();
    }
}

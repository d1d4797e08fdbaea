package ahti.testkit.record.replay;

import ahti.core.PieceLayout;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.event.Timed;
import ahti.testkit.record.event.Wish;
import ahti.testkit.record.format.ByteSource;
import ahti.testkit.record.format.RecordingReader;
import ahti.testkit.record.format.UnreadableRecording;
import ahti.testkit.record.payload.BlockData;
import ahti.testkit.record.payload.Numbers;
import ahti.testkit.record.payload.Packing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/**
 * A recording for people: who said what when. Each line begins with the seconds and the connection; what the engine said stands on
 * the left, what it heard on the right.
 */
public final class Transcript {
    private static final int COLUMN = 44;
    private static final long MICROS = 1_000;

    private final int pieces;
    private final Consumer<String> lines;
    private final Map<Integer, Talk> said = new LinkedHashMap<>();
    private final Map<Integer, Talk> heard = new LinkedHashMap<>();

    private Transcript(int pieces, Consumer<String> lines) {
        this.pieces = pieces;
        this.lines = lines;
    }

    /**
     * Writes it, line by line.
     *
     * @throws UnreadableRecording when the recording says what cannot be
     */
    public static void write(ByteSource source, Consumer<String> lines) throws IOException, UnreadableRecording {
        RecordingReader reader = new RecordingReader(source);
        try {
            PieceLayout layout = reader.header().torrent().layout();
            Packing packing = new Packing(layout, new Numbers(), BlockData.NONE);
            Transcript transcript = new Transcript(layout.pieces(), lines);
            for (Optional<Timed> next = reader.read(); next.isPresent(); next = reader.read()) {
                transcript.entry(next.get().nanos(), packing.unpack(next.get().entry()));
            }
        } catch (IllegalArgumentException e) {
            throw UnreadableRecording.malformed("has " + e.getMessage());
        }
    }

    private void entry(long nanos, Entry entry) {
        if (entry instanceof Output.Send send) {
            talk(nanos, send.line(), said, send.bytes(), true);
        } else if (entry instanceof Input.Received received) {
            talk(nanos, received.line(), heard, received.bytes(), false);
        } else if (entry instanceof Output.Dial dial) {
            line(nanos, connection(dial.line()), "dials " + show(dial.peer()), true);
        } else if (entry instanceof Input.Connected connected) {
            line(nanos, connection(connected.line()), "connected", false);
        } else if (entry instanceof Input.NotConnected not) {
            line(nanos, connection(not.line()), "not connected: " + not.reason(), false);
        } else if (entry instanceof Input.Knocked knocked) {
            line(nanos, connection(knocked.line()), "connects from " + show(knocked.peer()), false);
        } else if (entry instanceof Output.Abort abort) {
            line(nanos, connection(abort.line()), "hangs up", true);
            gone(abort.line());
        } else if (entry instanceof Input.Finished finished) {
            line(nanos, connection(finished.line()), "hangs up", false);
            gone(finished.line());
        } else if (entry instanceof Input.Broke broke) {
            line(nanos, connection(broke.line()), "breaks: " + broke.reason(), false);
            gone(broke.line());
        } else {
            aside(nanos, entry);
        }
    }

    /** What is about no connection. */
    private void aside(long nanos, Entry entry) {
        if (entry instanceof Output.Fetch fetch) {
            line(nanos, "http", "asks " + fetch.uri(), true);
        } else if (entry instanceof Input.Fetched fetched) {
            line(nanos, "http", fetched.status() + " with " + fetched.body().length() + " bytes", false);
        } else if (entry instanceof Input.NotFetched not) {
            line(nanos, "http", "fails: " + not.reason(), false);
        } else if (entry instanceof Output.SendDatagram send) {
            line(nanos, "udp", send.payload().length() + " bytes to " + show(send.to()), true);
        } else if (entry instanceof Input.Datagram datagram) {
            line(nanos, "udp", datagram.payload().length() + " bytes from " + show(datagram.from()), false);
        } else if (entry instanceof Input.Wished wished) {
            line(nanos, "user", words(wished.wish()), false);
        } else if (entry instanceof Output.Told told) {
            line(nanos, "user", told.what(), true);
        } else if (entry instanceof Entry.End end) {
            line(nanos, "end", end.why(), true);
        }
    }

    private static String words(Wish wish) {
        String kind = wish.getClass().getSimpleName();
        return kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private void talk(long nanos, int number, Map<Integer, Talk> side, ByteString bytes, boolean ours) {
        side.computeIfAbsent(number, any -> new Talk(pieces))
                .hear(bytes)
                .forEach(words -> line(nanos, connection(number), words, ours));
    }

    private void gone(int number) {
        said.remove(number);
        heard.remove(number);
    }

    private static String connection(int number) {
        return "#" + number;
    }

    private static String show(java.net.InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private void line(long nanos, String who, String words, boolean ours) {
        String micros = Long.toString(nanos / MICROS % 1_000_000);
        String time = nanos / 1_000_000_000 + "." + "0".repeat(6 - micros.length()) + micros;
        String front = padded(" ".repeat(Math.max(0, 12 - time.length())) + time + "  " + who, 20);
        lines.accept((ours ? front + words : padded(front, 20 + COLUMN) + words).stripTrailing());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}

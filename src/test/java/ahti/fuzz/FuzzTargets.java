package ahti.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.bencode.BencodeTarget;
import ahti.config.ConfigurationTarget;
import ahti.dht.SnapshotTarget;
import ahti.dht.krpc.KrpcTarget;
import ahti.disk.ResumeTarget;
import ahti.lsd.SearchTarget;
import ahti.metainfo.MagnetTarget;
import ahti.metainfo.MetainfoTarget;
import ahti.metainfo.NamesTarget;
import ahti.net.filter.BlockListTarget;
import ahti.net.http.HttpTarget;
import ahti.testkit.record.format.RecordingTarget;
import ahti.tracker.HttpAnswerTarget;
import ahti.tracker.UdpPacketsTarget;
import ahti.tracker.UrlTarget;
import ahti.wire.ExtensionsTarget;
import ahti.wire.FramesTarget;
import ahti.wire.HandshakeTarget;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** All targets, and how one input is tried. */
public final class FuzzTargets {
    /** In the order in which {@code scripts/fuzz} lists them. */
    public static final List<FuzzTarget> ALL = List.of(
            new BencodeTarget(),
            new MetainfoTarget(),
            new NamesTarget(),
            new MagnetTarget(),
            new UrlTarget(),
            new HandshakeTarget(),
            new FramesTarget(),
            new ExtensionsTarget(),
            new HttpTarget(),
            new HttpAnswerTarget(),
            new UdpPacketsTarget(),
            new KrpcTarget(),
            new SnapshotTarget(),
            new SearchTarget(),
            new BlockListTarget(),
            new ResumeTarget(),
            new RecordingTarget(),
            new ConfigurationTarget());

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzTargets() {}

    /** The target of that name. */
    public static FuzzTarget named(String name) {
        return ALL.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fuzz target is called '" + name + "'"));
    }

    /** Tries one input, and counts what that allocates: twice if that is much, for loading classes counts the first time. */
    public static void check(FuzzTarget target, byte[] input) throws Exception {
        long most = target.mostAllocated(input.length);
        long allocated = allocated(target, input);
        if (allocated > most) {
            allocated = allocated(target, input);
        }
        if (allocated > most) {
            throw new AssertionError("an input of " + input.length + " bytes made " + target.name() + " allocate "
                    + allocated + " bytes");
        }
    }

    private static long allocated(FuzzTarget target, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        target.check(input.clone());
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Text that is shown or logged: one line without control characters. */
    public static void assertFitToShow(String text) {
        assertThat(text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR))
                .as("no control characters in '%s'", text)
                .isTrue();
    }
}

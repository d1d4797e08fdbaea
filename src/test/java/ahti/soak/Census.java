package ahti.soak;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What a process holds, counted at one moment after a collection.
 *
 * @param actors of one system; the stages of streams are run by some of them
 * @param threads names of those of the process
 * @param handles what is behind those that the process has open; none where the system does not say
 * @param direct bytes of buffers outside the heap
 * @param heap bytes in use; timers that wait are a part of it
 */
record Census(long actors, List<String> threads, List<String> handles, long direct, long heap) {
    private static final long KIBI = 1024;
    private static final long MEBI = KIBI * KIBI;
    /** Pools fill when the machine is busy, up to a few dozen in all: what leaks is hundreds. */
    private static final int THREADS_OF_POOLS = 32;
    /** Between closing and the selector's next round. */
    private static final int HANDLES_ON_THEIR_WAY = 16;
    /** Each thread that reads or writes keeps a buffer. */
    private static final long BUFFERS_OF_THREADS = 4 * MEBI;

    private static final long CACHES = 16 * MEBI;
    /** Where Linux shows them. */
    private static final Path HANDLES = Path.of("/proc/self/fd");

    static Census take(ActorSystem<?> system) throws IOException {
        System.gc();
        return new Census(
                system.printTree().lines().count(),
                threadsAlive(),
                handlesOpen(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static List<String> threadsAlive() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .sorted()
                .toList();
    }

    private static List<String> handlesOpen() throws IOException {
        List<String> targets = new ArrayList<>();
        if (Files.isDirectory(HANDLES)) {
            try (Stream<Path> open = Files.list(HANDLES)) {
                open.forEach(handle -> targets.add(target(handle)));
            }
        }
        return targets.stream().sorted().toList();
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return "closed since";
        }
    }

    /** What there is too much of, compared with before: caches and pools may fill, nothing else. */
    List<String> grownSince(Census before) {
        List<String> grown = new ArrayList<>();
        excess(grown, "actors", actors - before.actors);
        excess(grown, "bytes of direct memory", direct - before.direct - BUFFERS_OF_THREADS);
        excess(grown, "bytes of heap", heap - before.heap - CACHES);
        excess(grown, "threads", threads, before.threads, THREADS_OF_POOLS);
        excess(grown, "handles", handles, before.handles, HANDLES_ON_THEIR_WAY);
        return grown;
    }

    private static boolean excess(List<String> grown, String what, long much) {
        return much > 0 && grown.add(much + " " + what + " too many");
    }

    private static void excess(List<String> grown, String what, List<String> now, List<String> before, int allowed) {
        if (excess(grown, what, now.size() - before.size() - allowed)) {
            List<String> since = new ArrayList<>(now);
            before.forEach(since::remove);
            grown.add(what + " since: " + since);
        }
    }

    /** Whether fewer actors, threads or handles are there than in the other. */
    boolean isLessThan(Census other) {
        return actors < other.actors || threads.size() < other.threads.size() || handles.size() < other.handles.size();
    }

    @Override
    public String toString() {
        return actors + " actors, " + threads.size() + " threads, " + handles.size() + " handles, " + direct / KIBI
                + " KiB of direct memory, " + heap / KIBI + " KiB of heap";
    }
}

package ahti.soak;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What a process holds, counted at one moment after a collection.
 *
 * @param actors of one system; the stages of streams are run by some of them
 * @param threads of the process
 * @param handles what is behind those that the process has open; none where the system does not say
 * @param direct bytes of buffers outside the heap
 * @param heap bytes in use; timers that wait are a part of it
 */
record Census(long actors, long threads, List<String> handles, long direct, long heap) {
    private static final long KIBI = 1024;
    private static final long MEBI = KIBI * KIBI;
    /** Where Linux shows them. */
    private static final Path HANDLES = Path.of("/proc/self/fd");

    static Census take(ActorSystem<?> system) throws IOException {
        System.gc();
        return new Census(
                system.printTree().lines().count(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                handlesOpen(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
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
        Map<String, Long> excess = new LinkedHashMap<>();
        excess.put("actors", actors - before.actors);
        excess.put("threads", threads - before.threads - 4);
        excess.put("handles", handles.size() - before.handles.size() - 4L);
        excess.put("bytes of direct memory", direct - before.direct - MEBI);
        excess.put("bytes of heap", heap - before.heap - 16 * MEBI);
        List<String> grown = new ArrayList<>();
        excess.forEach((what, much) -> {
            if (much > 0) {
                grown.add(much + " " + what + " too many");
            }
        });
        if (excess.get("handles") > 0) {
            List<String> since = new ArrayList<>(handles);
            before.handles.forEach(since::remove);
            grown.add("handles since: " + since);
        }
        return grown;
    }

    /** Whether fewer actors or handles are there than in the other. */
    boolean isLessThan(Census other) {
        return actors < other.actors || handles.size() < other.handles.size();
    }

    @Override
    public String toString() {
        return actors + " actors, " + threads + " threads, " + handles.size() + " handles, " + direct / KIBI
                + " KiB of direct memory, " + heap / KIBI + " KiB of heap";
    }
}

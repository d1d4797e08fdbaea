package ahti.realpeers;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What another Java process takes of the machine, and the most of it that was ever seen. */
final class Vitals implements AutoCloseable {
    private static final int MIB = 1 << 20;

    private final Path proc;
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final List<BufferPoolMXBean> pools;
    private long peakHeap;
    private long peakDirect;
    private long peakHandles;
    private long peakThreads;

    private Vitals(Path proc, JMXConnector connector, MemoryMXBean memory, List<BufferPoolMXBean> pools) {
        this.proc = proc;
        this.connector = connector;
        this.memory = memory;
        this.pools = pools;
    }

    @SuppressWarnings("BanJNDI") // the other end is a process that we started
    static Vitals of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            MBeanServerConnection server = connector.getMBeanServerConnection();
            return new Vitals(
                    Path.of("/proc", Long.toString(pid)),
                    connector,
                    ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class),
                    ManagementFactory.getPlatformMXBeans(server, BufferPoolMXBean.class));
        } catch (AttachNotSupportedException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Looks once more. */
    void look() {
        peakHeap = Math.max(peakHeap, memory.getHeapMemoryUsage().getUsed());
        peakDirect = Math.max(
                peakDirect,
                pools.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum());
        peakHandles = Math.max(peakHandles, handles());
        peakThreads = Math.max(peakThreads, number("Threads:"));
    }

    /** File handles that are open now. */
    long handles() {
        try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new AssertionError("it is gone", e);
        }
    }

    long peakHeap() {
        return peakHeap / MIB;
    }

    long peakDirect() {
        return peakDirect / MIB;
    }

    /** MiB that the process ever had in memory. */
    long peakResident() {
        return number("VmHWM:") / 1024;
    }

    long peakHandles() {
        return peakHandles;
    }

    long peakThreads() {
        return peakThreads;
    }

    /** Hundredths of a second on processors so far. */
    long ticks() {
        try {
            String stat = Files.readString(proc.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            throw new AssertionError("it is gone", e);
        }
    }

    private long number(String key) {
        try (Stream<String> lines = Files.lines(proc.resolve("status"))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new AssertionError("it is gone", e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            return;
        }
    }
}

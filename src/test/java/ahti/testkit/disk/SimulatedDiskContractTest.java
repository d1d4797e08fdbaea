package ahti.testkit.disk;

import ahti.disk.FileStore;
import ahti.disk.FileStoreContract;
import ahti.testkit.time.VirtualTime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class SimulatedDiskContractTest extends FileStoreContract {
    private final VirtualTime time = new VirtualTime();
    private final SimulatedDisk disk = new SimulatedDisk(time, 1);

    @AfterEach
    void end() {
        time.close();
    }

    @Override
    protected FileStore store() {
        return disk;
    }

    @Override
    protected Path base() {
        return Path.of("/simulated/base");
    }
}

package ahti.engine;

import ahti.config.NetConfig;
import ahti.disk.FileStore;
import ahti.net.filter.AddressRange;
import ahti.net.filter.BlockList;
import ahti.net.filter.BlockListReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom the user will not talk to, as {@code ahti.net} says.
 *
 * @param complaint about lines of the file that are not understood
 */
record BlockLists(BlockList blocked, Optional<String> complaint) {

    /**
     * Reads the configuration and the file that it names.
     *
     * @throws IllegalArgumentException when that cannot be done, with a sentence for the user
     */
    static BlockLists read(NetConfig config, FileStore files) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String written : config.blocked()) {
            ranges.add(
                    AddressRange.parse(written)
                            .orElseThrow(
                                    () -> new IllegalArgumentException(
                                            "ahti.net.blocked: '" + written
                                                    + "' is no address, no range such as 10.0.0.1-10.0.0.9, and no network such as 10.0.0.0/8")));
        }
        Optional<String> complaint = Optional.empty();
        if (!config.blockList().isEmpty()) {
            BlockListReader.Content content = BlockListReader.read(content(config, files));
            ranges.addAll(content.ranges());
            complaint = content.complaint().map(text -> config.blockList() + ": " + text);
        }
        return new BlockLists(new BlockList(ranges), complaint);
    }

    private static byte[] content(NetConfig config, FileStore files) {
        String reason = "it is not there, or larger than ahti.net.block-list-size";
        try {
            Optional<byte[]> content =
                    files.readSmall(Path.of(config.blockList()).toAbsolutePath(), config.blockListSize());
            if (content.isPresent()) {
                return content.get();
            }
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
        }
        throw new IllegalArgumentException("cannot read the block list " + config.blockList() + ": " + reason);
    }
}

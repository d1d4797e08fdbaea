package ahti.cli.session;

import ahti.cli.env.ExitCode;
import ahti.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.util.List;

/** What came of looking for what a magnet link stands for. */
public sealed interface MetadataOutcome {

    /** It is known. {@code peers} were met on the way. */
    record Found(Metainfo metainfo, List<InetSocketAddress> peers) implements MetadataOutcome {
        public Found {
            peers = List.copyOf(peers);
        }
    }

    /** It is not. */
    record Failed(ExitCode code, String sentence) implements MetadataOutcome {}
}

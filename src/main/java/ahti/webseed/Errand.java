package ahti.webseed;

import ahti.core.Block;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSlice;
import ahti.metainfo.Metainfo;
import ahti.net.HttpFetch;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** One run being fetched: file by file, for it may lie in several. Padding is not fetched: it is zeros (BEP 47). */
final class Errand {
    private final Metainfo metainfo;
    private final Run run;
    private final List<FileSlice> slices;
    private int next;
    private ByteString bytes = ByteString.emptyByteString();

    Errand(Metainfo metainfo, FileMap files, Run run) {
        this.metainfo = metainfo;
        this.run = run;
        this.slices = files.slices(run.offset(), run.length());
        skipPadding();
    }

    Run run() {
        return run;
    }

    /** What to ask for next; empty when all is here. */
    Optional<FileSlice> next() {
        return next < slices.size() ? Optional.of(slices.get(next)) : Optional.empty();
    }

    /** The bytes of a slice as a server counts them. */
    static HttpFetch.Range range(FileSlice slice) {
        return new HttpFetch.Range(slice.fileOffset(), slice.fileOffset() + slice.length() - 1);
    }

    /** An answer to {@link #next}. */
    Judgement take(HttpFetch.Reply reply) {
        FileSlice slice = slices.get(next);
        Judgement judgement = Judgement.of(
                reply, range(slice), metainfo.files().get(slice.file()).length());
        if (judgement instanceof Judgement.Good good) {
            bytes = bytes.concat(good.bytes());
            next++;
            skipPadding();
        }
        return judgement;
    }

    /** All blocks, when nothing is left to ask for. */
    List<Block> blocks() {
        return run.cut(bytes);
    }

    private void skipPadding() {
        while (next < slices.size()
                && metainfo.files().get(slices.get(next).file()).isPad()) {
            bytes = bytes.concat(
                    ByteString.fromArrayUnsafe(new byte[(int) slices.get(next).length()]));
            next++;
        }
    }
}

package ahti.engine;

import ahti.torrent.Torrent;
import ahti.torrent.reading.Reader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.GraphStageLogic.StageActor;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * The seam between a reader and a stream: each pull is one {@link Reader.Next}. The reader watches the stream, and the stream
 * its torrent and the reader, so neither outlives the other.
 */
final class FileSource extends AbstractGraphStageWithMaterializedValue<SourceShape<ByteString>, CompletionStage<Long>> {
    private final Outlet<ByteString> out = Outlet.create("FileSource.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final ActorRef<Torrent.Command> torrent;
    private final int file;
    private final long from;
    private final long to;

    FileSource(ActorRef<Torrent.Command> torrent, int file, long from, long to) {
        this.torrent = torrent;
        this.file = file;
        this.from = from;
        this.to = to;
    }

    @Override
    public SourceShape<ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Long>> createLogicAndMaterializedValuePair(Attributes inherited) {
        Logic logic = new Logic();
        return Pair.create(logic, logic.length.minimalCompletionStage());
    }

    private final class Logic extends GraphStageLogic {
        final CompletableFuture<Long> length = new CompletableFuture<>();
        private final AsyncCallback<Done> gone = createAsyncCallback(done -> gone());
        private @Nullable ActorRef<Reader.Command> reader;
        private long told;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    demand();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    length.complete(told);
                    cancelStage(cause);
                }
            });
        }

        @Override
        public void preStart() {
            StageActor self = getStageActor(envelope -> {
                heard(envelope._2());
                return BoxedUnit.UNIT;
            });
            self.watch(Adapter.toClassic(torrent));
            torrent.tell(new Torrent.Read(file, from, to, Adapter.toTyped(self.ref())));
        }

        private void heard(Object message) {
            if (message instanceof Reader.Bytes some) {
                told += some.bytes().length();
                push(out, some.bytes());
            } else if (message instanceof Reader.Opened opened) {
                reader = opened.reader();
                stageActor().watch(Adapter.toClassic(opened.reader()));
                if (isAvailable(out)) {
                    demand();
                }
            } else if (message instanceof Reader.Ended) {
                length.complete(told);
                completeStage();
            } else if (message instanceof Reader.Refused refused) {
                fail(ReadException.refused(refused.refusal()));
            } else if (message instanceof Reader.Failed failed) {
                fail(ReadException.broken(failed.why()));
            } else if (message instanceof Terminated) {
                // It may have overtaken the reader's last words: of one that is gone already it comes at once.
                materializer().executionContext().execute(() -> gone.invoke(Done.done()));
            }
        }

        private void gone() {
            if (!isClosed(out)) {
                fail(ReadException.broken("the torrent is gone, or failed and begins anew"));
            }
        }

        private void demand() {
            if (reader != null) {
                reader.tell(Reader.Next.INSTANCE);
            }
        }

        private void fail(ReadException why) {
            length.completeExceptionally(why);
            failStage(why);
        }

        @Override
        public void postStop() {
            length.completeExceptionally(new AbruptStageTerminationException(this));
        }
    }
}

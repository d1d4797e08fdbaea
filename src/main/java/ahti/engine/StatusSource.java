package ahti.engine;

import ahti.torrent.Torrent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.GraphStageLogic.StageActor;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * Asks a torrent how it is, again and again, and keeps the latest for whoever is slow.
 *
 * <p>One question is open at a time. One that a bug in the torrent took along is asked again: a restart does not end the
 * stream. The end of the torrent does, after the last status.
 */
final class StatusSource extends GraphStage<SourceShape<TorrentStatus>> {
    /** An answer that has not come after this was lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private enum Timer {
        TICK,
        LOST
    }

    private final Outlet<TorrentStatus> out = Outlet.create("StatusSource.out");
    private final SourceShape<TorrentStatus> shape = SourceShape.of(out);
    private final ActorRef<Torrent.Command> torrent;
    private final Duration every;

    StatusSource(ActorRef<Torrent.Command> torrent, Duration every) {
        this.torrent = torrent;
        this.every = every;
    }

    @Override
    public SourceShape<TorrentStatus> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        /** What was not pulled yet. */
        private @Nullable TorrentStatus latest;

        private boolean asked;
        private boolean gone;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    give();
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
            ask();
            scheduleWithFixedDelay(Timer.TICK, every, every);
        }

        private void ask() {
            asked = true;
            scheduleOnce(Timer.LOST, PATIENCE);
            torrent.tell(new Torrent.GetStatus(0, Adapter.toTyped(stageActor().ref())));
        }

        @Override
        public void onTimer(Object timer) {
            if (timer == Timer.LOST || !asked) {
                ask();
            }
        }

        private void heard(Object message) {
            if (message instanceof TorrentStatus status) {
                asked = false;
                cancelTimer(Timer.LOST);
                latest = status;
                give();
            } else if (message instanceof Terminated) {
                gone = true;
                give();
            }
        }

        private void give() {
            if (latest != null && isAvailable(out)) {
                push(out, latest);
                latest = null;
            }
            if (gone && latest == null) {
                completeStage();
            }
        }
    }
}

package ahti.testkit.time;

import java.util.function.Supplier;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;

/** Where Pekko waits while it starts, for actors that shall run on the very thread that waits: runs them first. */
final class Await implements BlockContext {
    private final VirtualTime time;

    private Await(VirtualTime time) {
        this.time = time;
    }

    static <T> T draining(VirtualTime time, Supplier<T> work) {
        return BlockContext.withBlockContext(new Await(time), work::get);
    }

    @Override
    public <T> T blockOn(Function0<T> wait, CanAwait permission) {
        time.drain();
        return wait.apply();
    }
}

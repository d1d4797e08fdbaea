package ahti.engine;

import java.util.Optional;
import java.util.concurrent.Flow;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.apache.pekko.stream.AbruptTerminationException;

/**
 * A subscriber for whom the end of the engine is what it should be: of news it is the end, of a file's bytes it is a failure,
 * or half a file would look like a whole one. When the actor system goes first, a stream is cut off before it could say so.
 */
final class UntilTheEnd<T> implements Flow.Subscriber<T> {
    private final Flow.Subscriber<T> subscriber;
    private final Optional<RuntimeException> failure;

    /** {@code failure}: what the end of the engine is; empty when it is a completion. */
    UntilTheEnd(Flow.Subscriber<T> subscriber, Optional<RuntimeException> failure) {
        this.subscriber = subscriber;
        this.failure = failure;
    }

    /** The engine was gone before there was a stream. */
    void neverBegins() {
        subscriber.onSubscribe(Nothing.INSTANCE);
        ends();
    }

    private void ends() {
        failure.ifPresentOrElse(subscriber::onError, subscriber::onComplete);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(T element) {
        subscriber.onNext(element);
    }

    @Override
    public void onError(Throwable why) {
        if (why instanceof AbruptTerminationException || why instanceof AbruptStageTerminationException) {
            ends();
        } else {
            subscriber.onError(why);
        }
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }

    private enum Nothing implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}

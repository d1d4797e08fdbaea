package ahti.engine;

import java.util.concurrent.Flow;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.apache.pekko.stream.AbruptTerminationException;

/**
 * A subscriber for whom the end of the engine is the end, and no failure: when the actor system goes first, a stream is cut off
 * before it could complete.
 */
final class UntilTheEnd<T> implements Flow.Subscriber<T> {
    private final Flow.Subscriber<T> subscriber;

    UntilTheEnd(Flow.Subscriber<T> subscriber) {
        this.subscriber = subscriber;
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
    public void onError(Throwable failure) {
        if (failure instanceof AbruptTerminationException || failure instanceof AbruptStageTerminationException) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }
}

package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of everything is a completion; a failure stays one. */
class UntilTheEndTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private final List<String> heard = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void aStreamThatIsCutOffCompletes() throws Exception {
        Materializer materializer = Materializer.createMaterializer(kit.system());
        Source.<String>maybe()
                .to(JavaFlowSupport.Sink.fromSubscriber(
                        new UntilTheEnd<>(new Recording(), Optional.empty(), new Calls())))
                .run(materializer);

        materializer.shutdown();

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).containsExactly("complete");
    }

    @Test
    void aFileThatIsCutOffFails() throws Exception {
        Materializer materializer = Materializer.createMaterializer(kit.system());
        Source.<String>maybe()
                .to(JavaFlowSupport.Sink.fromSubscriber(
                        new UntilTheEnd<>(new Recording(), Optional.of(ReadException.broken("gone")), new Calls())))
                .run(materializer);

        materializer.shutdown();

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).containsExactly("gone");
    }

    @Test
    void aStreamThatFailsFails() throws Exception {
        Source.<String>failed(new IllegalStateException("a bug, for the test"))
                .to(JavaFlowSupport.Sink.fromSubscriber(
                        new UntilTheEnd<>(new Recording(), Optional.empty(), new Calls())))
                .run(kit.system());

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).containsExactly("a bug, for the test");
    }

    private final class Recording implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(String element) {
            heard.add(element);
        }

        @Override
        public void onError(Throwable failure) {
            heard.add(failure.getMessage());
            over.countDown();
        }

        @Override
        public void onComplete() {
            heard.add("complete");
            over.countDown();
        }
    }
}

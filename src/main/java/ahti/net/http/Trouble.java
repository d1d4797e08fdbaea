package ahti.net.http;

import ahti.core.Text;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why there is no answer: a sentence for people, cleaned. Carries no stack: ours says nothing about their fault. */
final class Trouble extends IOException {
    private static final int LONGEST = 200;

    private final boolean lasting;

    private Trouble(String reason, boolean lasting) {
        super(Text.clean(reason, LONGEST));
        this.lasting = lasting;
    }

    /** It may be gone the next time. */
    static Trouble passing(String reason) {
        return new Trouble(reason, false);
    }

    /** It may be gone the next time; {@code cause} says more. */
    static Trouble passing(String reason, Throwable cause) {
        String detail = cause.getMessage();
        return passing(detail == null ? reason : reason + ": " + detail);
    }

    /** Asking again is no use. */
    static Trouble lasting(String reason) {
        return new Trouble(reason, true);
    }

    static Trouble tooLarge(int most) {
        return lasting("a body of more than " + most + " bytes");
    }

    boolean isLasting() {
        return lasting;
    }

    String reason() {
        @Nullable String reason = getMessage();
        return reason == null ? "" : reason;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

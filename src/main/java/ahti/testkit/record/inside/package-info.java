/**
 * An engine under virtual time with everything else at arm's length: what comes in and what goes out is data, so that it can
 * be recorded, and replayed. Start at {@link ahti.testkit.record.inside.Inside}.
 */
@NullMarked
package ahti.testkit.record.inside;

import org.jspecify.annotations.NullMarked;

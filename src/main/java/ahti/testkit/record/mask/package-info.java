/** Takes private data out of a recording: who the peers are, where things lie. Start at {@link ahti.testkit.record.mask.Mask}. */
@NullMarked
package ahti.testkit.record.mask;

import org.jspecify.annotations.NullMarked;

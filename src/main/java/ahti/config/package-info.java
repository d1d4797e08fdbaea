/**
 * The configuration: one record per block of reference.conf, and the only reader of Typesafe Config.
 *
 * <p>Start at {@link ahti.config.AhtiConfig}.
 */
@NullMarked
package ahti.config;

import org.jspecify.annotations.NullMarked;

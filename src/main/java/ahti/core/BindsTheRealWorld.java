package ahti.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the few places where the real clock, randomness, threads or console are bound.
 *
 * <p>Everywhere else the build rejects them: they come in through constructors, so that the same code runs under a
 * virtual clock and a seed.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface BindsTheRealWorld {

    /** What is bound here, and why here. */
    String value();
}

/** What all actors are made of beside Pekko's own parts. */
@NullMarked
package ahti.actor;

import org.jspecify.annotations.NullMarked;

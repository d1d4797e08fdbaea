/** Tests of what every actor is built with. */
package ahti.actor;

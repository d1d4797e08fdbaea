/** Swarms in which anything may happen, from one number each; for the check, and for as long as one likes. */
package ahti.soak;

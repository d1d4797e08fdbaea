/** Hashing pieces. */
package ahti.hash;

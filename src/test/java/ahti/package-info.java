/** Tests, mirroring the packages they test; here, what all of them use. */
package ahti;

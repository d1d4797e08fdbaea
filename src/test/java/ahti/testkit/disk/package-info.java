/** Tests of the simulated disk. */
package ahti.testkit.disk;

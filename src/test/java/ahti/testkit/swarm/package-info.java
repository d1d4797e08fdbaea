/** Tests of whole swarms. */
package ahti.testkit.swarm;

/** Tests. */
package ahti.testkit.time;

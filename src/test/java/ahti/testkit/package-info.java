/** Tests of what embedders test with. */
package ahti.testkit;

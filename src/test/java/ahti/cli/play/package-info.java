@org.jspecify.annotations.NullMarked
package ahti.cli.play;

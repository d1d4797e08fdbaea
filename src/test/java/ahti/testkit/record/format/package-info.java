@org.jspecify.annotations.NullMarked
package ahti.testkit.record.format;

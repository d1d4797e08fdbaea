package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who takes the plain door meets the JDK's types and values of ours, however far they look. */
@AnalyzeClasses(packages = "ahti", importOptions = ImportOption.DoNotIncludeTests.class)
class PlainSignaturesTest {

    @ArchTest
    static void noTypeOfOthersIsInTheSignaturesOfThePlainDoor(JavaClasses all) {
        Deque<JavaClass> open = new ArrayDeque<>();
        Stream.of(Ahti.class, Download.class, RefusedException.class, ProblemException.class)
                .map(all::get)
                .forEach(open::add);
        Set<String> seen = new TreeSet<>();
        Set<String> foreign = new TreeSet<>();
        while (!open.isEmpty()) {
            JavaClass type = open.remove();
            if (!seen.add(type.getName())) {
                continue;
            }
            // What a sealed interface stands for is part of it.
            type.getSubclasses().stream()
                    .filter(sub -> sub.getModifiers().contains(JavaModifier.PUBLIC))
                    .forEach(open::add);
            Stream.concat(type.getMethods().stream(), type.getConstructors().stream())
                    .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(unit -> !unit.getFullName().startsWith("ahti.engine.Ahti.on("))
                    .forEach(unit -> involved(unit).forEach(used -> {
                        if (used.getPackageName().startsWith("ahti")) {
                            open.add(used);
                        } else if (!used.isPrimitive() && !used.getPackageName().startsWith("java.")) {
                            foreign.add(unit.getFullName() + " has " + used.getName());
                        }
                    }));
        }
        assertThat(seen)
                .contains("ahti.engine.AddOptions", "ahti.engine.EngineEvent$EventsLost", "ahti.torrent.TorrentStatus");
        assertThat(foreign).isEmpty();
    }

    private static Stream<JavaClass> involved(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream()).map(JavaClass::getBaseComponentType);
    }
}

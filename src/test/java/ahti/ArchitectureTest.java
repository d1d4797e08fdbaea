package ahti;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of style.md §3: who may use whom, and the shape of actors and messages. */
@AnalyzeClasses(packages = "ahti", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Who may use whom (src/docs/design.md). Changing a row is a reviewed decision: give its reason in an ADR. */
    private static final Map<String, String> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("core", "");
        MAY_USE.put("bencode", "");
        MAY_USE.put("actor", "");
        MAY_USE.put("metainfo", "core bencode");
        MAY_USE.put("config", "core");
        MAY_USE.put("net", "core actor config");
        MAY_USE.put("wire", "core bencode");
        MAY_USE.put("picker", "core actor");
        MAY_USE.put("hash", "core actor");
        MAY_USE.put("limit", "core actor");
        MAY_USE.put("disk", "core actor metainfo config bencode hash");
        MAY_USE.put("tracker", "core actor bencode config net");
        MAY_USE.put("dht", "core actor bencode config net");
        MAY_USE.put("lsd", "core actor config net");
        MAY_USE.put("peer", "core actor config net wire limit picker disk");
        MAY_USE.put("webseed", "core actor metainfo config net limit picker");
        MAY_USE.put("torrent", "core actor metainfo config net limit peer picker hash disk tracker dht lsd webseed");
        MAY_USE.put("engine", "core actor metainfo config net limit peer hash disk tracker dht lsd torrent");
        MAY_USE.put(
                "testkit",
                "core actor bencode metainfo config net wire picker hash disk tracker dht lsd limit peer webseed torrent engine");
        MAY_USE.put("cli", "core actor metainfo config disk hash tracker dht torrent engine testkit");
    }

    /** The table: for each package, whom it may use. */
    static Map<String, Set<String>> table() {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        MAY_USE.forEach((name, allowed) -> table.put(name, allowed.isEmpty() ? Set.of() : Set.of(allowed.split(" "))));
        return table;
    }

    @ArchTest
    static void onlyTheTableMayBeUsed(JavaClasses all) {
        MAY_USE.forEach((name, allowed) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other ->
                            !other.equals(name) && !List.of(allowed.split(" ")).contains(other))
                    .map(other -> "ahti." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("ahti." + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .allowEmptyShould(true)
                    .check(all);
        });
    }

    @ArchTest
    static final ArchRule everyPackageIsInTheTable = classes()
            .should()
            .resideInAnyPackage(
                    MAY_USE.keySet().stream().map(name -> "ahti." + name + "..").toArray(String[]::new));

    @ArchTest
    static final ArchRule noCycles = slices().matching("ahti.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pureCodecs = noClasses()
            .that()
            .resideInAnyPackage("ahti.core..", "ahti.bencode..", "ahti.metainfo..", "ahti.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pekko.actor..", "org.apache.pekko.stream..");

    /** Beside it, those of whom Pekko wants that: executors of dispatchers. */
    @ArchTest
    static final ArchRule onlyConfigReadsTypesafeConfig = noClasses()
            .that()
            .resideOutsideOfPackages("ahti.config..", "ahti.testkit.time..", "ahti.disk.threads..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config..");

    @ArchTest
    static final ArchRule onlyNetOpensConnections = noClasses()
            .that()
            .resideOutsideOfPackages("ahti.net..", "ahti.testkit..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.apache\\.pekko\\.(stream\\.javadsl\\.Tcp|io\\..*)"
                    + "|java\\.net\\.(Socket|ServerSocket|DatagramSocket|http\\..*)"
                    + "|java\\.nio\\.channels\\.(SocketChannel|ServerSocketChannel|DatagramChannel)");

    @ArchTest
    static final ArchRule onlyDiskOpensFiles = noClasses()
            .that()
            .resideOutsideOfPackages("ahti.disk..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.nio\\.channels\\.FileChannel|java\\.nio\\.file\\.Files"
                    + "|java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile|FileReader|FileWriter)");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        MAY_USE.keySet().stream()
                .map(name -> "ahti." + name)
                .filter(all::containPackage)
                .forEach(name -> assertThat(all.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as(name)
                        .isTrue());
    }

    @ArchTest
    static final ArchRule messagesAreRecordsOrEnums = classes()
            .that()
            .areNotInterfaces()
            .and(describe("are messages", ArchitectureTest::isMessage))
            .should(have("are records or enums", type -> type.isRecord() || type.isEnum()));

    @ArchTest
    static final ArchRule messagesCarryNothingThatChanges = classes()
            .that(describe("are messages", ArchitectureTest::isMessage))
            .should(have(
                    "have no array, buffer or piece set inside",
                    type -> type.getFields().stream()
                            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                            .noneMatch(field -> field.getRawType().isArray()
                                    || List.of("java.nio.ByteBuffer", "ahti.core.PieceSet")
                                            .contains(field.getRawType().getName()))));

    /** Rule 8: each {@code Command} {@code Foo} has a method {@code onFoo} in a behavior of its package. */
    @ArchTest
    static void everyCommandHasAHandler(JavaClasses all) {
        for (JavaClass type : all) {
            if (!type.isInterface() && isCommand(type)) {
                boolean handled = all.stream()
                        .filter(candidate -> candidate.getPackageName().equals(type.getPackageName()))
                        .flatMap(candidate -> candidate.getMethods().stream())
                        .anyMatch(method -> method.getName().equals("on" + type.getSimpleName()));
                assertThat(handled).as(type.getName() + " has a handler").isTrue();
            }
        }
    }

    @ArchTest
    static final ArchRule noPublicActorConstructor = classes()
            .that()
            .areAssignableTo(AbstractBehavior.class)
            .should(have(
                    "have no public constructor",
                    type -> type.getConstructors().stream()
                            .map(JavaCodeUnit::getModifiers)
                            .noneMatch(modifiers -> modifiers.contains(JavaModifier.PUBLIC))))
            .allowEmptyShould(true);

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > 400)
                    .map(Path::toString)
                    .toList();
            assertThat(tooLong).isEmpty();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isCommand(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(i -> i.getSimpleName().equals("Command") && isOurs(i));
    }

    private static boolean isMessage(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(i -> List.of("Command", "Event", "Instruction").contains(i.getSimpleName()) && isOurs(i));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("ahti.");
    }

    private static DescribedPredicate<JavaClass> describe(String text, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(text, test);
    }

    private static ArchCondition<JavaClass> have(String text, java.util.function.Predicate<JavaClass> holds) {
        return new ArchCondition<>(text) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " should " + text));
                }
            }
        };
    }
}

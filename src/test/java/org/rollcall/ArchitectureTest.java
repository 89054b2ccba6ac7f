package org.rollcall;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Which package may use which, and what may be used in one place only. Every rule says why.
class ArchitectureTest {
    private static final String ROOT = "org.rollcall";
    private static final List<String> SERVICES = List.of("connect", "sync", "runs", "schedule", "notify", "health",
            "people", "groups", "roles", "signin", "audit", "settings");

    /// The table of packages, top floor first: each may use itself, what is listed, and the libraries that are not kept
    /// to one place below. A name covers its sub-packages, except where a sub-package has a line of its own.
    private static final Map<String, List<String>> MAY_USE = table();

    private static JavaClasses ours;

    private static Map<String, List<String>> table() {
        var table = new LinkedHashMap<String, List<String>>();
        // The composition root is the one place that sees everything.
        table.put("app", List.of("*"));
        // Window and command line sit side by side on the same services. Both offer the sample tenant to explore.
        table.put("ui", with(SERVICES, "sync.choose", "sync.plan", "sync.apply", "domain", "text", "task", "files",
                "source", "sample"));
        table.put("cli", with(SERVICES, "sync.plan", "domain", "text", "task", "files", "source", "sample"));
        table.put("settings",
                List.of("connect", "sync", "sync.plan", "schedule", "notify", "roles", "signin", "audit", "store",
                        "domain", "text"));
        table.put("health", List.of("sync.plan", "sync.read", "audit", "store", "domain", "text"));
        table.put("schedule", List.of("sync", "runs", "store", "task", "roles", "audit", "domain", "text"));
        table.put("notify", List.of("source", "store", "vault", "audit", "webhook", "domain", "text"));
        table.put("sync.choose", List.of("sync", "domain", "text", "source", "store", "task"));
        table.put("sync", List.of("sync.read", "sync.plan", "sync.apply", "runs", "domain", "text", "source", "store",
                "roles", "audit", "task"));
        // Undoing plans and applies, too: the two verbs know of no run.
        table.put("runs", List.of("sync.plan", "sync.apply", "domain", "text", "store", "roles", "audit", "task"));
        table.put("sync.apply", List.of("sync.plan", "domain", "text", "store"));
        // Pure: nothing is stored or asked here.
        table.put("sync.plan", List.of("domain", "text", "groups", "roles"));
        table.put("sync.read", List.of("domain", "text", "source", "store", "task"));
        table.put("connect", List.of("domain", "text", "source", "store", "vault", "audit", "task", "files"));
        table.put("signin", List.of("domain", "text", "source", "store", "roles", "audit", "vault"));
        table.put("people", List.of("domain", "text", "store", "groups", "roles", "audit"));
        // Rules follow the graph of nested groups.
        table.put("roles", List.of("domain", "text", "store", "groups", "audit"));
        table.put("groups", List.of("domain", "text", "store", "audit"));
        // The end of the chain also goes to log servers, by whose certificates are trusted, and to webhooks, under a sealed key.
        table.put("audit", List.of("domain", "text", "store", "task", "files", "source", "vault", "webhook"));
        table.put("source", List.of("domain", "text", "task"));
        table.put("store", List.of("domain", "text"));
        table.put("vault", List.of("domain", "text"));
        table.put("files", List.of("domain", "text"));
        table.put("webhook", List.of("domain", "text"));
        table.put("sample", List.of());
        table.put("task", List.of());
        table.put("domain", List.of("text"));
        // Whoever has something to say to a person may use it.
        table.put("text", List.of());
        return table;
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).toList();
    }

    @BeforeAll
    static void readClasses() {
        // Generated code follows rules of its own; who may use it is checked all the same.
        ours = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/org/rollcall/store/gen/"))
                .importPackages(ROOT);
        assertTrue(ours.size() > 100, "the classes have been found");
    }

    @Test
    void everyPackageHasALineInTheTable() {
        var unknown = ours.stream().map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT) && line(name).isEmpty()).distinct().sorted().toList();
        assertEquals(List.of(), unknown, "packages of which nobody said what they may use");
    }

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyWhatTheTableAllows() {
        return MAY_USE.entrySet().stream().filter(line -> !line.getValue().contains("*"))
                .map(line -> DynamicTest.dynamicTest(line.getKey(), () -> {
                    String name = line.getKey();
                    List<String> forbidden = MAY_USE.keySet().stream()
                            .filter(other -> !other.equals(name) && !line.getValue().contains(other)).toList();
                    noClasses().that(standIn(List.of(name)))
                            .should().dependOnClassesThat(standIn(forbidden))
                            .because("the table of packages lets " + name + " use " + line.getValue()
                                    + " only: what is below must not know what is above")
                            .allowEmptyShould(true).check(ours);
                }));
    }

    @Test
    void mainOnlyRoutes() {
        noClasses().that().haveFullyQualifiedName(ROOT + ".Main")
                .should().dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAPackage(ROOT + ".app..")))
                        .and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(Main.class))))
                .because("Main routes to the window or the command line; what they need is made in app")
                .check(ours);
    }

    @Test
    void noPackageCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles()
                .because("packages that need each other are one package, and cannot be understood one by one")
                .check(ours);
    }

    @Test
    void featuresOfTheWindowDoNotKnowEachOther() {
        slices().matching(ROOT + ".ui.(*)..").should().notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(ROOT + ".ui.common.."))
                .ignoreDependency(resideInAPackage(ROOT + ".ui.shell.."), DescribedPredicate.alwaysTrue())
                .because("a screen that imports another cannot be changed alone; they meet in the shell")
                .check(ours);
    }

    @Test
    void stepsOfTheWizardDoNotKnowEachOther() {
        slices().matching(ROOT + ".ui.importing.(*)..").should().notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(ROOT + ".ui.importing.draft.."))
                .because("steps share a draft; whoever changes one must not have to look at the others")
                .check(ours);
    }

    @TestFactory
    Stream<DynamicTest> librariesStayInOnePlace() {
        record Kept(String library, List<String> places, String why) {}
        return Stream.of(
                new Kept("org.jooq..", List.of("store"), "SQL is written where the tables are"),
                new Kept("org.rollcall.store.gen..", List.of("store"), "tables are the store's own affair"),
                new Kept("org.flywaydb..", List.of("store"), "the schema is brought up to date where the tables are"),
                new Kept("com.zaxxer..", List.of("store"), "connections are the store's"),
                new Kept("com.microsoft..", List.of("source.entra"),
                        "types of the SDKs must not spread: they change with the SDK"),
                new Kept("okhttp3..", List.of("source.entra"), "only the adapter talks to the network"),
                new Kept("com.unboundid..", List.of("source.ldap"), "only the adapter speaks LDAP"),
                new Kept("picocli..", List.of("cli"), "the command line is one way in among others"),
                new Kept("ch.qos.logback..", List.of("app"), "everybody else logs through slf4j"),
                new Kept("org.commonmark..", List.of("ui.guide"), "Markdown is read in one place"),
                new Kept("jakarta.mail..", List.of("notify"), "mail is sent in one place"),
                new Kept("com.github.kagkarlsson..", List.of("schedule", "app"), "schedules are run in one place"),
                new Kept("javafx..", List.of("ui", "app"), "the command line must work where there is no JavaFX"))
                .map(kept -> DynamicTest.dynamicTest(kept.library(), () -> {
                    String[] places = kept.places().stream().map(place -> ROOT + "." + place + "..")
                            .toArray(String[]::new);
                    noClasses().that().resideOutsideOfPackages(places)
                            .should().dependOnClassesThat().resideInAPackage(kept.library())
                            .because(kept.why()).check(ours);
                }));
    }

    @Test
    void windowThreadIsEnteredInOnePlace() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".ui.common..")
                .should().callMethod("javafx.application.Platform", "runLater", Runnable.class.getName())
                .because("results reach the window's thread in one place, or nobody can tell who touches it when")
                .check(ours);
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".cli..").and().resideOutsideOfPackage(ROOT + ".sample..")
                .should(accessSystemStreams())
                .because("documents on standard output must not be mixed with anything else")
                .check(ours);
        noClasses().that().resideInAPackage(ROOT + ".sample..").should(accessSystemStreams())
                .because("the sample tenant runs inside other programs and tests")
                .check(ours);
    }

    @Test
    void noAwt() {
        noClasses().that().doNotHaveFullyQualifiedName(ROOT + ".app.DesktopTray")
                .should().dependOnClassesThat(resideInAnyPackage("java.awt..", "javax.swing.."))
                .because("AWT brings a second toolkit, its threads and its start-up time, and needs a display; only the"
                        + " desktop's notification area has no other way")
                .check(ours);
    }

    @Test
    void noSingletons() {
        fields().should(notHoldTheirOwnClassForEverybody())
                .because("what is reached from everywhere cannot be replaced in a test and hides who needs what")
                .check(ours);
        fields().that().areStatic().should(beFinal())
                .because("static state that changes is shared by everybody, tests included").check(ours);
    }

    @Test
    void namesSayWhatAClassIsFor() {
        classes().should(new ArchCondition<JavaClass>("not be called Impl, Manager, Helper or Utils") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (item.getSimpleName().matches(".*(Impl|Manager|Helper|Helpers|Util|Utils)")) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " says nothing"));
                }
            }
        }).because("such names fit everything, so everything ends up there").check(ours);
    }

    /// The line of the table that a package stands in; empty if in none.
    private static String line(String packageName) {
        return MAY_USE.keySet().stream().filter(name -> (packageName + ".").startsWith(ROOT + "." + name + "."))
                .max(Comparator.comparingInt(String::length)).orElse("");
    }

    private static DescribedPredicate<JavaClass> standIn(List<String> lines) {
        return DescribedPredicate.describe("stand in " + lines,
                item -> lines.contains(line(item.getBaseComponentType().getPackageName())));
    }

    private static ArchCondition<JavaClass> accessSystemStreams() {
        return new ArchCondition<>("access System.out or System.err") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (JavaAccess<?> access : item.getAccessesFromSelf()) {
                    boolean stream = access.getTargetOwner().isEquivalentTo(System.class)
                            && (access.getName().equals("out") || access.getName().equals("err"));
                    if (stream) {
                        events.add(SimpleConditionEvent.satisfied(item, access.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaField> notHoldTheirOwnClassForEverybody() {
        return new ArchCondition<>("not hold a service of their own class for everybody") {
            @Override
            public void check(JavaField item, ConditionEvents events) {
                JavaClass owner = item.getOwner();
                boolean service = owner.getSimpleName().matches(".*(Service|Store|Job|Services|Context)");
                if (service && item.getModifiers().contains(JavaModifier.STATIC) && item.getRawType().equals(owner)) {
                    events.add(SimpleConditionEvent.violated(item, item.getFullName() + " is a singleton"));
                }
            }
        };
    }

    private static ArchCondition<JavaField> beFinal() {
        return new ArchCondition<>("be final") {
            @Override
            public void check(JavaField item, ConditionEvents events) {
                if (!item.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !item.getModifiers().contains(JavaModifier.FINAL)) {
                    events.add(SimpleConditionEvent.violated(item, item.getFullName() + " can be changed"));
                }
            }
        };
    }
}

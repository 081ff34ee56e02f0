package dyno;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodReference;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// What `docs/architecture.md` promises of the classes in main.
final class ArchitectureRules {

    static final ArchRule IMPORTS = classes().should(ImportTable.respectingIt());

    static final ArchRule NO_CYCLES = slices().matching("dyno.(**)").should().beFreeOfCycles();

    static final ArchRule CATALOG_LIST_WITHOUT_SPRING = classes()
            .that()
            .haveFullyQualifiedName("dyno.catalog.EngineCatalog")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.describe(
                    "are not Spring's", target -> !target.getPackageName().startsWith("org.springframework")));

    static final ArchRule NO_FIELD_INJECTION = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource");

    static final ArchRule TELLING_PACKAGE_NAMES =
            classes().should().resideOutsideOfPackages("..util..", "..common..", "..helper..", "..impl..", "..model..");

    static final ArchRule TIME_FROM_THE_CLOCK_BEAN = classes()
            .that()
            .doNotHaveFullyQualifiedName("dyno.ServiceConfiguration")
            .should(not("ask the machine for the time", ArchitectureRules::asksForTheTime));

    /// Elapsed time comes from a `LongSupplier`, which may be `System::nanoTime`. A pool that spins between two
    /// barriers of an engine, and a client that waits for its own service, ask themselves.
    static final ArchRule ELAPSED_TIME_FROM_A_SUPPLIER = classes()
            .that()
            .resideOutsideOfPackages("dyno.engine.kernel..", "dyno.cli..")
            .should(not("call System.nanoTime", ArchitectureRules::callsNanoTime));

    static final ArchRule NULL_MARKED = all(packages()).should(new ArchCondition<>("be @NullMarked") {
        @Override
        public void check(JavaPackage item, ConditionEvents events) {
            if (item.tryGetAnnotationOfType(NullMarked.class).isEmpty()) {
                events.add(SimpleConditionEvent.violated(item, item.getName() + " is not @NullMarked"));
            }
        }
    });

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.time.InstantSource.system",
            "java.time.Clock.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.tickMillis",
            "java.time.Clock.tickSeconds",
            "java.time.Clock.tickMinutes",
            "java.util.Date.<init>",
            "java.util.Calendar.getInstance");

    private static final List<String> TIMES = List.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.ZonedDateTime",
            "java.time.Year",
            "java.time.YearMonth");

    private ArchitectureRules() {}

    private static boolean asksForTheTime(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var name = access.getTarget().getName();
        if (owner.equals("java.util.Date") && name.equals("<init>")) {
            return hasNoParameters(access);
        }
        return CLOCKS.contains(owner + "." + name) || (TIMES.contains(owner) && name.equals("now"));
    }

    private static boolean hasNoParameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }

    private static boolean callsNanoTime(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.lang.System")
                && access.getTarget().getName().equals("nanoTime")
                && !(access instanceof JavaMethodReference);
    }

    private static ArchCondition<JavaClass> not(String what, Predicate<JavaAccess<?>> doesIt) {
        return new ArchCondition<>("not " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(doesIt)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
            }
        };
    }

    private static ClassesTransformer<JavaPackage> packages() {
        return new AbstractClassesTransformer<>("packages") {
            @Override
            public Iterable<JavaPackage> doTransform(JavaClasses classes) {
                return classes.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackage)
                        .collect(Collectors.toSet());
            }
        };
    }
}

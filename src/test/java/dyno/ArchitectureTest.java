package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static JavaClasses main;

    @BeforeAll
    static void readMain() {
        main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dyno");
        assertThat(main.size()).isPositive();
    }

    @Test
    void importsWhatTheTableAllows() {
        ArchitectureRules.IMPORTS.check(main);
    }

    @Test
    void hasNoCycleOfPackages() {
        ArchitectureRules.NO_CYCLES.check(main);
    }

    @Test
    void listsItsEnginesWithoutSpring() {
        ArchitectureRules.CATALOG_LIST_WITHOUT_SPRING.check(main);
    }

    @Test
    void injectsThroughConstructorsAlone() {
        ArchitectureRules.NO_FIELD_INJECTION.check(main);
    }

    @Test
    void callsItsPackagesByWhatIsInThem() {
        ArchitectureRules.TELLING_PACKAGE_NAMES.check(main);
    }

    @Test
    void takesTheTimeFromTheClockBean() {
        ArchitectureRules.TIME_FROM_THE_CLOCK_BEAN.check(main);
    }

    @Test
    void takesElapsedTimeFromASupplier() {
        ArchitectureRules.ELAPSED_TIME_FROM_A_SUPPLIER.check(main);
    }

    @Test
    void saysOfEveryPackageThatNothingIsNullUnlessItSaysSo() {
        ArchitectureRules.NULL_MARKED.check(main);
    }
}

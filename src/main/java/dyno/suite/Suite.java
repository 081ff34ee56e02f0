package dyno.suite;

import java.util.List;

/// A named list of jobs, those of included suites first.
record Suite(String name, String description, List<SuiteJob> jobs) {}

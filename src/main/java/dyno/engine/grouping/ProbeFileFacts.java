package dyno.engine.grouping;

import dyno.engine.Verification.Check;
import java.util.List;

/// What a file of probe records holds, and whether it is as it should be.
///
/// @param checks        every check that ran, in order
/// @param records       read
/// @param probes        parts joined
/// @param measurements  rows of all records
/// @param decodedBytes  sum of the records' lengths
/// @param splitProbes   probes of more than one record
/// @param maxParts      most records of one probe
/// @param contentDigest [ContentDigest] of the file, 64 hex digits; of what could be read, where a check failed
public record ProbeFileFacts(
        List<Check> checks,
        long records,
        long probes,
        long measurements,
        long decodedBytes,
        long splitProbes,
        long maxParts,
        String contentDigest) {

    public ProbeFileFacts {
        checks = List.copyOf(checks);
    }

    public boolean isValid() {
        return checks.stream().allMatch(Check::passed);
    }
}

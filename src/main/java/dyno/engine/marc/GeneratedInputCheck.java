package dyno.engine.marc;

import dyno.engine.TrialContext;
import dyno.engine.Verification.Check;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Shape;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/// Whether the input is what its seed says: made anew, and for some inputs written down. Used once.
final class GeneratedInputCheck {

    /// Digests that hold on every machine.
    static final Map<Generate, String> KNOWN = Map.of(
            new Generate(1_000, Shape.TINY, 0, Encoding.UTF8, 42),
            "sha256:2c7dd3d591118886bb75c5509194300a50766821eda71d1f3ac5fc7a0349310b",
            new Generate(10_000, Shape.TINY, 0, Encoding.UTF8, 42),
            "sha256:3abed4e182f947518c1604b30c513ea945efb0979dfc736866a57794ff0515f9",
            new Generate(2_000, Shape.REALISTIC, 0, Encoding.UTF8, 42),
            "sha256:2d127ad90935d15763227a34e526be828bc251e1ee5bcd7d635e0b31a327f878",
            new Generate(2_000, Shape.REALISTIC, 0, Encoding.MARC8, 42),
            "sha256:da436cca6a4940f99450bdd1f8b294580ed3bda97fd384f0762caa0f9fe8f7a0",
            new Generate(10_000, Shape.TINY, 0.02, Encoding.UTF8, 42),
            "sha256:b213ef754ba7eac50b5f054e30628be9281d656dfa7ee3f8970f54da94c03172");

    private final MarcWorkload workload;
    private final TrialContext context;
    private final Inputs inputs;

    GeneratedInputCheck(MarcWorkload workload, TrialContext context, Inputs inputs) {
        this.workload = workload;
        this.context = context;
        this.inputs = inputs;
    }

    Check check() throws IOException, InterruptedException {
        var generate = Objects.requireNonNull(workload.input().generate());
        var digest = Digests.sha256();
        try (var makers = Inputs.makers(context)) {
            var again = new GeneratedInput(generate, makers);
            for (int i = 0; i < inputs.files().size(); i++) {
                again.digest(digest);
            }
        }
        String made = Digests.labelled(digest.digest());
        String known = inputs.files().size() == 1 ? KNOWN.getOrDefault(generate, made) : made;
        boolean holds = made.equals(inputs.digest()) && made.equals(known);
        return Check.of(
                "generatedInputDigest",
                holds ? null : "read %s, made anew %s, known %s".formatted(inputs.digest(), made, known));
    }
}

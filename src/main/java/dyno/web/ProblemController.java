package dyno.web;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Explains what a problem's `type` points at.
@RestController
@RequestMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
final class ProblemController {

    /// What is true of every problem of one code.
    record Explanation(String type, String code, int status, String title, String remedy) {

        static Explanation of(ProblemCode code) {
            return new Explanation("/problems/" + code.code(), code.code(), code.status(), code.title(), code.remedy());
        }
    }

    @GetMapping
    List<Explanation> all() {
        return Arrays.stream(ProblemCode.values()).map(Explanation::of).toList();
    }

    @GetMapping("/{code}")
    Explanation one(@PathVariable String code) {
        return ProblemCode.find(code)
                .map(Explanation::of)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no problem " + Shown.value(code)));
    }
}

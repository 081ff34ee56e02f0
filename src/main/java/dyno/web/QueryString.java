package dyno.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a query string apart. Servlet containers drop parameters that they cannot decode, and mix in those of
/// form bodies; this does neither.
///
/// @param values     of each parameter, in order
/// @param violations parameters that cannot be decoded
record QueryString(Map<String, List<String>> values, List<Violation> violations) {

    static QueryString parse(@Nullable String query) {
        var values = new LinkedHashMap<String, List<String>>();
        var violations = new ArrayList<Violation>();
        for (var parameter : query == null ? new String[0] : query.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            var name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
            var value = decode(equals < 0 ? "" : parameter.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                values.computeIfAbsent(name.get(), key -> new ArrayList<>()).add(value.get());
            } else {
                violations.add(new Violation(
                        "?" + name.orElse(""), "%s is not percent-encoded UTF-8".formatted(Shown.value(parameter))));
            }
        }
        return new QueryString(values, violations);
    }

    /// Empty where an escape is cut short, or the bytes are no UTF-8, or hold a NUL, which no text column takes.
    private static Optional<String> decode(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length() || !isHex(encoded, i + 1)) {
                    return Optional.empty();
                }
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                // Tomcat lets only ASCII through.
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return text(bytes.toByteArray());
    }

    private static boolean isHex(String encoded, int at) {
        return HexFormat.isHexDigit(encoded.charAt(at)) && HexFormat.isHexDigit(encoded.charAt(at + 1));
    }

    private static Optional<String> text(byte[] utf8) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return Optional.of(text).filter(t -> t.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

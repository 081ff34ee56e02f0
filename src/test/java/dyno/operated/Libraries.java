package dyno.operated;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// The libraries on a class path, by what their own descriptions in a Maven repository say. Asks no network.
final class Libraries {

    /// What descriptions call a licence, by its name at SPDX.
    ///
    /// @see <a href="https://spdx.org/licenses/">SPDX licence list</a>
    private static final Map<String, Pattern> WORDINGS = wordings();

    private Libraries() {}

    /// @return `| group | licences |` as docs/reference/licences.md has it, each once
    static SortedSet<String> on(String classPath) throws IOException {
        var rows = new TreeSet<String>();
        for (var entry : classPath.split(File.pathSeparator)) {
            var pom = pom(Path.of(entry).toAbsolutePath());
            if (pom.isPresent()) {
                rows.add(row(pom.get()));
            }
        }
        return rows;
    }

    /// The licence's name at SPDX; where nobody has seen these words before, the words.
    static String spdx(String words) {
        return WORDINGS.entrySet().stream()
                .filter(known -> known.getValue().matcher(words).matches())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(words);
    }

    /// Beside a jar that lies where Maven puts it: `artifact/version/artifact-version-classifier.jar`.
    private static Optional<Path> pom(Path jar) {
        if (jar.getNameCount() < 3) {
            return Optional.empty();
        }
        var version = jar.getParent();
        var stem = version.getParent().getFileName() + "-" + version.getFileName();
        var pom = version.resolve(stem + ".pom");
        return jar.getFileName().toString().startsWith(stem) && Files.exists(pom) ? Optional.of(pom) : Optional.empty();
    }

    private static String row(Path pom) throws IOException {
        var project = read(pom);
        var group = text(project, "groupId")
                .or(() -> child(project, "parent").flatMap(parent -> text(parent, "groupId")))
                .orElseThrow(() -> new AssertionError(pom + " has no group"));
        var repository = pom.getParent().getParent().getParent();
        for (int i = group.split("\\.").length; i > 0; i--) {
            repository = repository.getParent();
        }
        return "| `%s` | %s |".formatted(group, String.join(", ", licences(project, repository)));
    }

    /// Its own, or else those of the nearest parent that names any.
    private static List<String> licences(Element project, Path repository) throws IOException {
        var own =
                child(project, "licenses").map(all -> children(all, "license")).orElse(List.of());
        if (!own.isEmpty()) {
            return own.stream()
                    .map(licence -> text(licence, "name")
                            .or(() -> text(licence, "url"))
                            .map(Libraries::spdx)
                            .orElse("unnamed"))
                    .toList();
        }
        var parent = child(project, "parent");
        return parent.isEmpty() ? List.of("none") : licences(read(pom(parent.get(), repository)), repository);
    }

    private static Path pom(Element parent, Path repository) {
        var artifact = text(parent, "artifactId").orElseThrow();
        var version = text(parent, "version").orElseThrow();
        return repository
                .resolve(text(parent, "groupId").orElseThrow().replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    private static Element read(Path pom) throws IOException {
        try (var bytes = Files.newInputStream(pom)) {
            var documents = DocumentBuilderFactory.newDefaultInstance();
            documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return documents.newDocumentBuilder().parse(bytes).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom + " cannot be read", e);
        }
    }

    private static Optional<String> text(Element element, String name) {
        return child(element, name)
                .map(child -> child.getTextContent().strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Element> child(Element element, String name) {
        return children(element, name).stream().findFirst();
    }

    private static List<Element> children(Element element, String name) {
        var children = new ArrayList<Element>();
        var nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child && child.getTagName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }

    private static Map<String, Pattern> wordings() {
        var wordings = new LinkedHashMap<String, Pattern>();
        var lines = """
                Apache-2.0 = (the )?apache( software)?( license)?,?[ -]+v?(ersion )?2\\.0
                MIT = (the )?mit( license)?
                BSD-2-Clause = bsd[ -]2-clause( license)?
                BSD-3-Clause = bsd|bsd-3-clause|edl 1\\.0|eclipse distribution license - v 1\\.0
                EPL-2.0 = epl[ -]2\\.0|eclipse public license,? v(ersion )?2\\.0
                LGPL-2.1-only = lgpl-2\\.1-only|gnu lesser general public license, version 2\\.1
                GPL-2.0-with-classpath-exception = gpl2 w/ cpe
                CDDL-1.1 = cddl \\+ gplv2 with classpath exception
                CC0-1.0 = public domain, per creative commons cc0
                """.lines().toList();
        for (var line : lines) {
            var pair = line.split(" = ", 2);
            wordings.put(pair[0], Pattern.compile(pair[1], Pattern.CASE_INSENSITIVE));
        }
        return wordings;
    }
}

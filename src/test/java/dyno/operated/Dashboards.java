package dyno.operated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the dashboards of `config/grafana/dashboards` ask.
final class Dashboards {

    static final String PROMETHEUS = "dyno-prometheus";
    static final String POSTGRES = "dyno-postgres";

    private static final Path FOLDER = Path.of("config/grafana/dashboards");

    private Dashboards() {}

    /// One expression or statement.
    ///
    /// @param place where it stands: `trends.json: Score`
    record Query(String place, String text) {}

    static List<JsonNode> all() throws IOException {
        var boards = new ArrayList<JsonNode>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.sorted().toList()) {
                boards.add(JsonMapper.shared().readTree(Files.readString(file)));
            }
        }
        return boards;
    }

    /// Every uid of a data source that something names.
    static Stream<String> dataSources(JsonNode node) {
        var own = node.path("datasource").path("uid").asString("");
        return Stream.concat(
                own.isEmpty() ? Stream.empty() : Stream.of(own),
                node.valueStream().flatMap(Dashboards::dataSources));
    }

    /// Every address of a dashboard that something links to.
    static Stream<String> linkedBoards(JsonNode node) {
        var url = node.path("url").asString("");
        return Stream.concat(
                url.startsWith("/d/") ? Stream.of(url.substring(3).split("[/?]", 2)[0]) : Stream.empty(),
                node.valueStream().flatMap(Dashboards::linkedBoards));
    }

    static List<Query> promQl() throws IOException {
        var queries = new ArrayList<Query>();
        for (var board : all()) {
            for (var panel : board.path("panels").values()) {
                for (var target : panel.path("targets").values()) {
                    add(queries, board, panel.path("title"), target.path("expr"));
                }
            }
        }
        return queries;
    }

    /// Statements of panels, of annotations, of variables.
    static List<Query> sql() throws IOException {
        var queries = new ArrayList<Query>();
        for (var board : all()) {
            for (var panel : board.path("panels").values()) {
                for (var target : panel.path("targets").values()) {
                    add(queries, board, panel.path("title"), target.path("rawSql"));
                }
            }
            for (var annotation : board.path("annotations").path("list").values()) {
                add(
                        queries,
                        board,
                        annotation.path("name"),
                        annotation.path("target").path("rawSql"));
            }
            for (var variable : board.path("templating").path("list").values()) {
                if (variable.path("datasource").path("uid").asString("").equals(POSTGRES)) {
                    add(queries, board, variable.path("name"), variable.path("query"));
                }
            }
        }
        return queries;
    }

    private static void add(List<Query> queries, JsonNode board, JsonNode place, JsonNode text) {
        if (text.isString()) {
            queries.add(new Query(board.path("title").asString() + ": " + place.asString(), text.asString()));
        }
    }
}

package dyno.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The head of the API's description, and the problem that every operation may answer.
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                // The node that was asked, wherever it is: the description is the same for all.
                .servers(List.of(new Server().url("/")))
                .info(new Info()
                        .title("Dyno")
                        .version("v1")
                        .description("Benchmark jobs for data engines, and their results."));
    }

    @Bean
    OpenApiCustomizer problems() {
        return api -> {
            api.getComponents().addSchemas(PROBLEM, problem());
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) -> operation.setOperationId(operationId(method, path))));
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> operation.getResponses().addApiResponse(ApiResponses.DEFAULT, refusal()));
        };
    }

    /// `getJobsIdEvents`: those that come by default are numbered in the order in which controllers were found.
    private static String operationId(HttpMethod method, String path) {
        var id = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        for (var word : path.replace("/api/v1", "").split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return id.toString();
    }

    private static ApiResponse refusal() {
        var schema = new Schema<Object>().$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description("Refused, as RFC 9457 says")
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static Schema<?> problem() {
        var error = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("RFC 6901, or ?name of a query parameter"))
                .addProperty("message", new StringSchema());
        Schema<?> problem = new ObjectSchema();
        problem.addProperty("type", new StringSchema().description("/problems/{code}"));
        problem.addProperty("title", new StringSchema());
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("detail", new StringSchema());
        problem.addProperty("code", new StringSchema());
        problem.addProperty("requestId", new StringSchema());
        problem.addProperty("errors", new ArraySchema().items(error));
        problem.setRequired(List.of("type", "title", "status", "detail", "code", "requestId"));
        return problem;
    }
}

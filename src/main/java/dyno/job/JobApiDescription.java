package dyno.job;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the code of [JobController] does not show: it takes bodies as bytes and query parameters by hand, to say all
/// that is wrong with them at once.
@Configuration(proxyBeanMethods = false)
class JobApiDescription {

    private static final String JSON = "application/json";
    private static final String JOB = "#/components/schemas/JobView";

    @Bean
    OpenApiCustomizer jobs() {
        return api -> {
            api.getComponents().addSchemas("Submission", SubmissionSchema.submission());
            api.getComponents().addSchemas("DryRun", SubmissionSchema.dryRun());
            var jobs = path(api, "/api/v1/jobs");
            list(jobs.getGet());
            submit(jobs.getPost());
            get(api, "/api/v1/jobs/{id}").summary("Shows a job");
            var cancel = path(api, "/api/v1/jobs/{id}/cancel").getPost();
            cancel.summary("Cancels a job that waits or runs");
            cancel.getResponses().remove("200");
            cancel.getResponses().addApiResponse("202", answer("The cancelled job", JOB));
            var events = get(api, "/api/v1/jobs/{id}/events").summary("Streams a job's events, and resumes after one");
            requireNonNull(events.getResponses().get("200"))
                    .content(new Content()
                            .addMediaType("text/event-stream", new MediaType().schema(new StringSchema())));
        };
    }

    private static PathItem path(OpenAPI api, String path) {
        return requireNonNull(api.getPaths().get(path), path);
    }

    private static Operation get(OpenAPI api, String path) {
        return path(api, path).getGet();
    }

    private static void list(Operation list) {
        list.summary("Lists jobs, newest first");
        var states = new StringSchema();
        Arrays.stream(JobState.values()).map(JobState::name).forEach(states::addEnumItem);
        list.addParametersItem(new QueryParameter().name("state").schema(states));
        list.addParametersItem(new QueryParameter().name("engine").schema(new StringSchema()));
        list.addParametersItem(new QueryParameter()
                .name("label")
                .description("key:value; may be repeated, all must hold")
                .schema(new StringSchema()));
        list.addParametersItem(new QueryParameter().name("limit").schema(new IntegerSchema()));
        list.addParametersItem(new QueryParameter().name("cursor").schema(new StringSchema()));
    }

    private static void submit(Operation submit) {
        submit.summary("Queues a job");
        submit.addParametersItem(new QueryParameter()
                .name("dryRun")
                .description("true: says what would be measured, and stores nothing")
                .schema(new BooleanSchema()));
        var body = new MediaType()
                .schema(reference("#/components/schemas/Submission"))
                .addExamples("smallest", example("Everything by default", Map.of("engine", "generator")))
                .addExamples("comparison", example("Two variants against each other", SubmissionSchema.comparison()))
                .addExamples("smoke", example("Does it work?", SubmissionSchema.smoke()));
        submit.requestBody(new RequestBody().required(true).content(new Content().addMediaType(JSON, body)));
        submit.getResponses().addApiResponse("200", answer("With dryRun=true", "#/components/schemas/DryRun"));
        submit.getResponses().addApiResponse("202", answer("The job, accepted", JOB));
    }

    private static Example example(String summary, Object value) {
        return new Example().summary(summary).value(value);
    }

    private static ApiResponse answer(String description, String schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(JSON, new MediaType().schema(reference(schema))));
    }

    private static Schema<?> reference(String to) {
        return new Schema<Object>().$ref(to);
    }
}

package dyno.cli;

import static dyno.cli.PlayedApi.event;
import static dyno.cli.PlayedApi.events;
import static dyno.cli.PlayedApi.json;

/// A suite `two` of two jobs that succeed, as the service would answer for it.
final class PlayedSuite {

    static final String RUN = """
            {"id": "r1", "jobId": "j1", "engine": "generator", "quality": {"grade": "B", "warnings": ["LOADED_HOST"]},
             "cases": [
               {"name": "legacy", "speedup": null, "speedupReason": "IS_BASELINE",
                "score": {"value": 5.0e9, "unit": "bytes/s", "ci95": [4.9e9, 5.1e9], "forks": 3},
                "verification": {"status": "PASSED"}, "warnings": [], "failure": null},
               {"name": "direct", "speedup": {"baseline": "legacy", "ratio": 8.7, "ci95": [8.3, 9.1]},
                "score": {"value": 4.35e10, "unit": "bytes/s", "ci95": [4.3e10, 4.4e10], "forks": 3},
                "verification": {"status": "PASSED"}, "warnings": [{"code": "IN_CACHE", "detail": "d"}],
                "failure": null}]}""";

    static PlayedApi on(PlayedApi api) {
        return api.on("POST /api/v1/suites/two/jobs", json(202, """
                                {"suiteRun": "s1", "jobs": [%s, %s],
                                 "skipped": [{"name": "etl-s3", "reason": "no object store is configured"}]}""".formatted(
                                job("j1", "generator", "QUEUED", null), job("j2", "marc", "QUEUED", null))))
                .on(
                        "GET /api/v1/jobs/j1/events",
                        events(
                                event(1, "state", "{\"state\": \"QUEUED\", \"reason\": \"node a stopped\"}"),
                                event(2, "state", "{\"state\": \"RUNNING\"}"),
                                event(3, "progress", progress()),
                                event(4, "warning", "{\"code\": \"IN_CACHE\", \"detail\": \"all of it\"}"),
                                event(5, "case", """
                                        {"name": "direct", "score": {"value": 4.35e10, "unit": "bytes/s", "ci95": null,
                                         "ci95Reason": "NEEDS_3_FORKS"}, "speedup": null}""".replace("\n", "")),
                                event(6, "case", """
                                        {"name": "legacy", "score": null, "speedup": null,
                                         "failure": {"code": "TIMED_OUT"}}""".replace("\n", "")),
                                event(7, "end", "{\"state\": \"SUCCEEDED\"}")))
                .on("GET /api/v1/jobs/j2/events", events(event(1, "end", "{\"state\": \"SUCCEEDED\"}")))
                .on("GET /api/v1/jobs/j1", json(200, job("j1", "generator", "SUCCEEDED", "r1")))
                .on("GET /api/v1/jobs/j2", json(200, job("j2", "marc", "SUCCEEDED", "r2")))
                .on("GET /api/v1/runs/r1", json(200, RUN))
                .on("GET /api/v1/runs/r2", json(200, "{\"id\": \"r2\", \"cases\": []}"));
    }

    static String job(String id, String engine, String state, String runId) {
        return """
                {"id": "%s", "engine": "%s", "state": "%s", "runId": %s, "cases": 2, "estimatedSeconds": 96,
                 "queuePosition": 2, "progress": null, "failure": null, "warnings": [],
                 "spec": {"labels": {"suite": "two", "job": "%s-direct"}}}""".formatted(id, engine, state, runId == null ? "null" : '"' + runId + '"', engine);
    }

    static String progress() {
        return """
                {"case": 1, "cases": 2, "fork": 0, "forks": 3, "stage": "MEASURING", "iteration": 2,
                 "iterations": 5, "fraction": 0.47, "etaSeconds": 34}""".replace("\n", "");
    }

    private PlayedSuite() {}
}

package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// The configured object store, for one trial. Safe for any number of threads.
///
/// Reads are ranged and conditional: an object that is not the one that was listed is never read.
/// Credentials, region and endpoint come from the settings alone; neither environment nor profiles of
/// the account are looked at.
final class S3Store implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /// As many as a request may name.
    private static final int MOST_DELETED = 1_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final S3Client client;
    private final S3Requests requests;
    private final S3Requests cleaning = new S3Requests(Cancellation.NONE);
    private final LongAdder bytes = new LongAdder();
    private final S3Blocks blocks = new S3Blocks();

    S3Store(ObjectStore settings, Cancellation cancellation) {
        this.requests = new S3Requests(cancellation);
        this.client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(TIMEOUT))
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(configuration -> configuration
                        .apiCallAttemptTimeout(TIMEOUT)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .build();
    }

    /// Requests, bytes of objects and repeated requests since the store was opened.
    record Traffic(long requests, long bytes, long retries) {

        static final Traffic NONE = new Traffic(0, 0, 0);

        Traffic since(Traffic start) {
            return new Traffic(requests - start.requests, bytes - start.bytes, retries - start.retries);
        }
    }

    Traffic traffic() {
        return new Traffic(requests.requests(), bytes.sum(), requests.retries());
    }

    S3Blocks blocks() {
        return blocks;
    }

    /// All Parquet objects below a prefix, as they are now.
    ///
    /// @param prefix a folder, or the beginning of names; not part of the files' names
    /// @throws EngineException where there is none, or the store refuses
    List<InputFile> list(String bucket, String prefix) throws IOException {
        var found = new ArrayList<InputFile>();
        var request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        boolean isLast = false;
        while (!isLast) {
            var page = request;
            var answer = requests.run(place(bucket, prefix), () -> client.listObjectsV2(page));
            for (var object : answer.contents()) {
                if (object.key().endsWith(".parquet")) {
                    found.add(new S3File(
                            this,
                            bucket,
                            object.key(),
                            object.key().substring(prefix.length()),
                            object.size(),
                            object.eTag()));
                }
            }
            isLast = !Boolean.TRUE.equals(answer.isTruncated());
            request = request.toBuilder()
                    .continuationToken(answer.nextContinuationToken())
                    .build();
        }
        if (found.isEmpty()) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT, "No object below %s ends in .parquet".formatted(place(bucket, prefix)));
        }
        return found;
    }

    /// Reads `length` bytes of an object that has to be the one that `etag` names.
    byte[] read(S3File file, long position, int length) throws IOException {
        var range = "bytes=%d-%d".formatted(position, position + length - 1);
        return requests.run(file.place(), () -> {
            byte[] got = client.getObjectAsBytes(request -> request.bucket(file.bucket())
                            .key(file.key())
                            .ifMatch(file.etag())
                            .range(range))
                    .asByteArrayUnsafe();
            bytes.add(got.length);
            if (got.length != length) {
                throw SdkClientException.create("%d bytes instead of %d".formatted(got.length, length));
            }
            return got;
        });
    }

    /// What differs from what was listed; null where nothing does.
    @org.jspecify.annotations.Nullable
    String change(S3File file) throws IOException {
        var now = requests.run(
                file.place(),
                () -> client.headObject(request -> request.bucket(file.bucket()).key(file.key())));
        return file.etag().equals(now.eTag()) && file.bytes() == now.contentLength()
                ? null
                : "%s had the ETag %s and has %s".formatted(file.place(), file.etag(), now.eTag());
    }

    void upload(String bucket, String key, Path file) throws IOException {
        requests.run(
                place(bucket, key),
                () -> client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file)));
    }

    /// Deletes objects, even of work that was cancelled.
    void delete(String bucket, List<String> keys) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            for (int from = 0; from < keys.size(); from += MOST_DELETED) {
                var objects = keys.subList(from, Math.min(keys.size(), from + MOST_DELETED)).stream()
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList();
                cleaning.run(
                        place(bucket, keys.get(from)),
                        () -> client.deleteObjects(request -> request.bucket(bucket)
                                .delete(Delete.builder()
                                        .objects(objects)
                                        .quiet(true)
                                        .build())));
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static String place(String bucket, String key) {
        return "s3://%s/%s".formatted(bucket, key);
    }

    @Override
    public void close() {
        client.close();
    }
}

package dyno.job;

import dyno.catalog.EngineCatalog;
import dyno.dataset.DatasetHome;
import dyno.dataset.DatasetReaders;
import dyno.dataset.DatasetService;
import dyno.engine.Databases.Account;
import dyno.environment.EnvironmentProbe;
import dyno.environment.NoiseProbe;
import dyno.fork.ForkCommand;
import dyno.fork.ForkRunner;
import dyno.fork.SmokeRunner;
import dyno.job.JobMeasurement.Bench;
import dyno.job.JobRunner.Places;
import dyno.job.JobWorker.Node;
import dyno.result.ResultStore;
import dyno.result.RetentionProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Wires the queue, what takes jobs into it and what runs them.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
class JobConfiguration {

    @Bean
    EventLog eventLog(JdbcClient jdbc, JsonMapper mapper, ApplicationEventPublisher events) {
        return new EventLog(jdbc, new JobJson(mapper), job -> events.publishEvent(new JobEndStored(job)));
    }

    @Bean
    JobStore jobStore(JdbcClient jdbc, PlatformTransactionManager transactions, JsonMapper mapper, EventLog events) {
        return new JobStore(jdbc, new TransactionTemplate(transactions), new JobJson(mapper), events);
    }

    @Bean
    DatasetReaders jobsThatReadDatasets(JdbcClient jdbc) {
        return new DatasetJobs(jdbc);
    }

    @Bean
    JobNews jobNews(ApplicationEventPublisher events, JobStore jobs) {
        return new JobNews(events, jobs);
    }

    @Bean
    NodeQueue nodeQueue(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            JsonMapper mapper,
            EventLog events,
            ResultStore results,
            JobStore jobs,
            JobNews news,
            InstantSource clock) {
        var template = new TransactionTemplate(transactions);
        var claims = new ClaimStore(jdbc, template, new JobJson(mapper), events, results);
        return new NodeQueue(jobs, claims, news, clock);
    }

    @Bean
    Capacity capacity(JobProperties properties, EnvironmentProbe environment) {
        var file = properties.data().toFile();
        var memory = properties.memory();
        return new Capacity(
                memory == null ? environment.machine().memoryBytes() / 2 : memory.toBytes(),
                Runtime.getRuntime().maxMemory() / 4,
                file::getUsableSpace,
                properties.scratch().reserve().toBytes());
    }

    @Bean
    LentDatabases lentDatabases(JdbcConnectionDetails own, JobProperties properties) {
        var account = new Account(
                own.getJdbcUrl(),
                Objects.requireNonNullElse(own.getUsername(), ""),
                Objects.requireNonNullElse(own.getPassword(), ""));
        return new LentDatabases(account, properties.etl().accounts());
    }

    @Bean
    ScratchSchemas scratchSchemas(JdbcClient jdbc) {
        return new ScratchSchemas(jdbc);
    }

    @Bean
    JobService jobService(
            EngineCatalog catalog,
            EnvironmentProbe environment,
            Capacity capacity,
            LentDatabases databases,
            NodeQueue queue,
            JobProperties properties,
            DatasetService datasets) {
        // Read once, as for the forks: it is dozens of the kernel's files.
        var machine = environment.machine();
        var admission = new Admission(catalog, () -> machine, capacity, databases, datasets::find);
        return new JobService(
                admission,
                queue.jobs(),
                queue.news(),
                queue.clock(),
                properties.queue().capacity());
    }

    @Bean
    JobEvents jobEvents(EventLog log) {
        return new JobEvents(log, System::nanoTime);
    }

    /// The pool that smoke jobs' engines run on. No candidate where an executor is wanted for other things.
    @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
    @Qualifier("engines")
    ExecutorService enginePool(JobProperties properties) {
        return SmokeRunner.pool(properties.worker().smokeJobs());
    }

    @Bean
    JobRunner jobRunner(
            EngineCatalog catalog,
            EnvironmentProbe environment,
            NodeQueue queue,
            JobProperties properties,
            LentDatabases databases,
            ScratchSchemas schemas,
            DatasetService datasets,
            NodeFiles files,
            @Qualifier("engines") ExecutorService engines) {
        var bench = new Bench(
                new SmokeRunner(catalog, engines, System::nanoTime),
                new ForkRunner(ForkCommand.ofThisJvm(), System::nanoTime),
                environment.machine(),
                cache(properties),
                databases,
                datasets::folder,
                new NoiseProbe(Path.of("/"), System::nanoTime)::look,
                System::nanoTime);
        var ends = new JobEnds(queue, new Spool(properties.data().resolve("spool")));
        return new JobRunner(catalog, environment, queue, new Places(bench, scratch(properties), schemas, ends, files));
    }

    @Bean
    NodeFiles nodeFiles(JobProperties properties, RetentionProperties retention, JobStore jobs, ResultStore runs) {
        return new NodeFiles(properties.data(), retention, jobs, runs);
    }

    @Bean
    DatasetHome datasetHome(JobProperties properties) throws IOException {
        return new DatasetHome(NodeName.of(properties.data()));
    }

    @Bean
    NodeStore nodeStore(JdbcClient jdbc, JsonMapper mapper) {
        return new NodeStore(jdbc, mapper);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "dyno.worker.enabled", matchIfMissing = true)
    Presence presence(
            DatasetHome home,
            JobProperties properties,
            EnvironmentProbe environment,
            NodeStore nodes,
            InstantSource clock)
            throws IOException {
        var place = NodeName.home(properties.data());
        var facts =
                NodeFacts.of(home.node(), place, environment, properties.node().labels());
        return new Presence(facts, nodes, clock);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "dyno.worker.enabled", matchIfMissing = true)
    JobWorker jobWorker(
            JobProperties properties,
            Capacity capacity,
            NodeQueue queue,
            JobRunner runner,
            Presence presence,
            DatasetHome home,
            JdbcConnectionDetails database)
            throws IOException {
        var settings = properties.worker();
        var folder = Objects.requireNonNullElse(settings.lockFolder(), Path.of(System.getProperty("java.io.tmpdir")));
        var threads = Thread.ofPlatform().factory();
        var node = new Node(home.node(), settings.smokeJobs(), capacity, threads);
        return new JobWorker(node, queue, runner, new Leases(unpooled(database), presence), HostLock.in(folder));
    }

    @Bean
    JobLifecycle jobLifecycle(
            JobService service,
            JobEvents events,
            ObjectProvider<JobWorker> workers,
            ObjectProvider<Presence> presences,
            JdbcConnectionDetails database,
            ScratchSchemas schemas,
            NodeFiles files,
            JobProperties properties,
            InstantSource clock) {
        @Nullable JobWorker worker = workers.getIfAvailable();
        var notifications = new Notifications(
                unpooled(database),
                announced -> {
                    events.poke(announced.job());
                    if (worker != null && announced.isOfWorkers()) {
                        worker.heard(announced.job());
                    }
                },
                events::pokeAll);
        var parts = new JobLifecycle.Parts(
                service, events, notifications, new ScratchSweeper(schemas), files, worker, presences.getIfAvailable());
        return new JobLifecycle(parts, scratch(properties), cache(properties), clock);
    }

    private static Path scratch(JobProperties properties) {
        return properties.data().resolve("scratch");
    }

    private static Path cache(JobProperties properties) {
        return properties.data().resolve("cache");
    }

    /// Connections for threads that keep theirs for good, and must not wait for a pool.
    private static DataSource unpooled(JdbcConnectionDetails database) {
        var dataSource = new DriverManagerDataSource(database.getJdbcUrl());
        var properties = new Properties();
        properties.setProperty("ApplicationName", "dyno");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("tcpKeepAlive", "true");
        dataSource.setConnectionProperties(properties);
        dataSource.setUsername(database.getUsername());
        dataSource.setPassword(database.getPassword());
        return dataSource;
    }
}

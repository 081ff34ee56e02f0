package dyno.dataset;

import dyno.catalog.EngineCatalog;
import dyno.dataset.DatasetIntake.Stages;
import dyno.web.IdempotencyKeys;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Wires datasets; what an earlier life left in doubt is settled before anybody asks.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatasetProperties.class)
class DatasetConfiguration {

    @Bean
    DatasetStore datasetStore(JdbcClient jdbc, JsonMapper mapper) {
        return new DatasetStore(jdbc, mapper);
    }

    @Bean
    DatasetFolders datasetFolders(DatasetProperties properties, DatasetStore store) throws IOException {
        var folders = new DatasetFolders(properties.data().resolve("datasets"));
        folders.sweep(store::isNamed);
        return folders;
    }

    @Bean
    DatasetService datasetService(DatasetStore store, DatasetFolders folders) {
        return new DatasetService(store, folders);
    }

    @Bean
    DatasetGuard datasetGuard(List<DatasetReaders> readers) {
        return new DatasetGuard(readers);
    }

    @Bean
    DatasetChanges datasetChanges(
            DatasetStore store,
            DatasetFolders folders,
            DatasetGuard guard,
            DatasetHome home,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        return new DatasetChanges(store, folders, guard, home, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Inspector datasetInspector() {
        return new Inspector();
    }

    @Bean
    DatasetIntake datasetIntake(
            EngineCatalog catalog,
            DatasetStore store,
            DatasetFolders folders,
            DatasetGuard guard,
            Inspector inspector,
            DatasetChanges changes,
            DatasetProperties properties,
            IdempotencyKeys keys) {
        var data = properties.data().toFile();
        var room = new DiskRoom(
                data::getUsableSpace,
                properties.scratch().reserve().toBytes(),
                properties.dataset().maxFileSize().toBytes());
        return new DatasetIntake(catalog, store, folders, new Stages(guard, inspector, changes, room), keys);
    }
}

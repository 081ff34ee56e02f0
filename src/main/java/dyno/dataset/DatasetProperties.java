package dyno.dataset;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of datasets.
///
/// @param data    folder that everything is kept in
/// @param scratch `dyno.scratch`
/// @param dataset `dyno.dataset`
@ConfigurationProperties("dyno")
record DatasetProperties(
        Path data,
        @DefaultValue Scratch scratch,
        @DefaultValue Dataset dataset) {

    /// @param reserve disk that is never filled
    record Scratch(@DefaultValue("1GB") DataSize reserve) {}

    /// @param maxFileSize of one file, as it is sent and as it is kept
    record Dataset(@DefaultValue("64GB") DataSize maxFileSize) {}
}

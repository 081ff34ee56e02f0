package dyno.engine.aggregation;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/// Writes the rows of a result through an open transaction, by one method. Used by one thread at a time.
interface Loading {

    /// @throws java.util.concurrent.CancellationException once the work was cancelled
    void write(Connection connection, Result result) throws SQLException, IOException;
}

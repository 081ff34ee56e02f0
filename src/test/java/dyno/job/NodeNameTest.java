package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @Test
    void staysTheSameForAFolderAndDiffersBetweenFolders() throws Exception {
        var name = NodeName.of(folder);

        assertThat(name).matches("[a-z0-9.-]+-[0-9a-f]{8}");
        assertThat(NodeName.of(folder)).isEqualTo(name);
        assertThat(NodeName.of(other)).isNotEqualTo(name);
    }
}

package dyno.engine.etl;

import java.util.LinkedHashMap;
import java.util.Map;

/// Counts how often a pipeline's hooks were called in a run. Used by the thread that runs the pipelines.
final class Hooks implements Lifecycle {

    private int preProcess;
    private int postProcess;
    private int onFailure;

    @Override
    public void preProcess() {
        preProcess++;
    }

    @Override
    public void postProcess() {
        postProcess++;
    }

    @Override
    public void onFailure(Throwable cause) {
        onFailure++;
    }

    void restart() {
        preProcess = 0;
        postProcess = 0;
        onFailure = 0;
    }

    Map<String, Object> counts() {
        var counts = new LinkedHashMap<String, Object>();
        counts.put("preProcess", preProcess);
        counts.put("postProcess", postProcess);
        counts.put("onFailure", onFailure);
        return counts;
    }

    boolean isSuccess() {
        return preProcess == 1 && postProcess == 1 && onFailure == 0;
    }
}

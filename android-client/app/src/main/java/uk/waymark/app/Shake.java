package uk.waymark.app;

import android.content.Context;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorEventListener;
import android.hardware.SensorManager;

/** Notices that the phone is shaken: three strong moves within a second, more than walking or putting it down makes. */
final class Shake implements SensorEventListener {
    private static final double STRONG = 2.2 * SensorManager.GRAVITY_EARTH;
    private static final long WITHIN = 1_000_000_000L; // nanoseconds
    private static final long APART = 80_000_000L;

    private final Runnable shaken;
    private final long[] moves = new long[3];
    private SensorManager sensors;

    Shake(Runnable shaken) {
        this.shaken = shaken;
    }

    void listen(Context context) {
        sensors = context.getSystemService(SensorManager.class);
        Sensor sensor = sensors.getDefaultSensor(Sensor.TYPE_ACCELEROMETER);
        if (sensor != null) {
            sensors.registerListener(this, sensor, SensorManager.SENSOR_DELAY_GAME);
        }
    }

    void deaf() {
        if (sensors != null) {
            sensors.unregisterListener(this);
        }
    }

    @Override
    public void onSensorChanged(SensorEvent event) {
        moved(event.values[0], event.values[1], event.values[2], event.timestamp);
    }

    void moved(float x, float y, float z, long at) {
        if (Math.sqrt(x * x + y * y + z * z) < STRONG || at - moves[2] < APART && moves[2] != 0) {
            return;
        }
        moves[0] = moves[1];
        moves[1] = moves[2];
        moves[2] = at;
        if (moves[0] != 0 && moves[2] - moves[0] <= WITHIN) {
            moves[0] = 0;
            moves[1] = 0;
            moves[2] = 0;
            shaken.run();
        }
    }

    @Override
    public void onAccuracyChanged(Sensor sensor, int accuracy) {}
}

package uk.waymark.notifications.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import uk.waymark.notifications.twilio.TwilioSender;

/**
 * Works off the same messages with db-scheduler: a one-time task a message, polled by lock-and-fetch, on virtual threads.
 * {@code main URL PROVIDER MESSAGES THREADS CONNECTIONS LOWER UPPER}.
 */
final class TheirRun {

    static final String TASK = "message";

    private TheirRun() {
    }

    public static void main(String... arguments) throws InterruptedException {
        long messages = Long.parseLong(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        AtomicLong accepted = new AtomicLong();
        try (HikariDataSource login =
                 BenchDatabase.pool(arguments[0], "waymark_dispatcher", Integer.parseInt(arguments[4]));
             TwilioSender twilio = Work.sender(URI.create(arguments[1]))) {
            TheirMessage message = new TheirMessage(login, twilio);
            OneTimeTask<byte[]> task = Tasks.oneTime(TASK, byte[].class).execute((instance, context) -> {
                try {
                    message.send(UUID.fromString(instance.getId()), Queue.TaskData.of(instance.getData()));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Scheduler scheduler = Scheduler.create(login, task).threads(threads)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(Double.parseDouble(arguments[5]), Double.parseDouble(arguments[6]))
                .pollingInterval(Duration.ofMillis(200)).heartbeatInterval(Duration.ofMinutes(1)).serializer(new Bytes())
                .schedulerName(new SchedulerName.Fixed("bench")).addSchedulerListener(new Done(accepted)).build();
            scheduler.start();
            Child.say("rate", Pace.measure(accepted::get, messages * 15 / 100, messages));
            scheduler.stop();
        }
        Child.say("peak", Child.peakMebibytes());
    }

    /** Counts what is finished: sent, recorded and no longer in the queue. */
    private static final class Done extends com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener {
        private final AtomicLong count;

        Done(AtomicLong count) {
            this.count = count;
        }

        @Override
        public void onExecutionComplete(com.github.kagkarlsson.scheduler.task.ExecutionComplete complete) {
            if (complete.getResult() == com.github.kagkarlsson.scheduler.task.ExecutionComplete.Result.OK) {
                count.incrementAndGet();
            }
        }
    }

    /** Bytes as they are: Java serialisation, the default, costs more. */
    private static final class Bytes implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(data);
        }
    }
}
